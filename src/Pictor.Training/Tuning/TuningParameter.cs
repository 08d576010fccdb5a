using System.Globalization;
using System.Text.Json.Nodes;

namespace Pictor.Training.Tuning;

/// <summary>One field of a recipe and what is tried for it.</summary>
/// <param name="Field">As in a recipe: <c>optimizer.learningRate</c>.</param>
public abstract record TuningParameter(string Field)
{
    /// <summary>A value for one trial.</summary>
    internal abstract JsonNode? Draw(ref TrialRandom random);

    /// <summary>The declaration, as in a space's file.</summary>
    internal abstract JsonNode ToJson();

    /// <summary>Values at the edge, which stand for all others when a space is checked.</summary>
    internal abstract IEnumerable<JsonNode?> Edges();

    /// <summary>A range of numbers.</summary>
    /// <param name="Field">As in a recipe.</param>
    /// <param name="Low">Least value.</param>
    /// <param name="High">Largest value.</param>
    /// <param name="Log">Equal ratios are equally likely, rather than equal distances.</param>
    /// <param name="Whole">Whole numbers only.</param>
    public sealed record Range(string Field, double Low, double High, bool Log, bool Whole) : TuningParameter(Field)
    {
        internal override JsonNode Draw(ref TrialRandom random)
        {
            double at = random.Unit();
            double value = Log ? Low * Math.Pow(High / Low, at) : Low + ((High - Low) * at);
            return Node(Math.Clamp(Readable(value), Low, High));
        }

        internal override JsonNode ToJson() => new JsonObject { [Log ? "log" : "uniform"] = new JsonArray(Node(Low), Node(High)) };

        internal override IEnumerable<JsonNode?> Edges() => [Node(Low), Node(High)];

        /// <summary>Where a value lies in the range, 0..1.</summary>
        internal double Place(double value) => High <= Low ? 0.5 : Log ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);

        private JsonValue Node(double value) => Whole ? JsonValue.Create((int)Math.Round(value)) : JsonValue.Create(value);

        // Four digits decide nothing and can be read aloud.
        private static double Readable(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Some values, equally likely.</summary>
    /// <param name="Field">As in a recipe.</param>
    /// <param name="Values">One or more.</param>
    public sealed record Choice(string Field, IReadOnlyList<JsonNode?> Values) : TuningParameter(Field)
    {
        internal override JsonNode? Draw(ref TrialRandom random) => Values[random.Below(Values.Count)]?.DeepClone();

        internal override JsonNode ToJson() => new JsonArray([.. Values.Select(v => v?.DeepClone())]);

        internal override IEnumerable<JsonNode?> Edges() => Values;
    }
}
