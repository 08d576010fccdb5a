using System.Globalization;

namespace Pictor.Datasets;

/// <summary>Which values a field of an <see cref="Augmentation"/> takes.</summary>
public enum AugmentationValue
{
    /// <summary>true or false.</summary>
    Switch,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One of <see cref="AugmentationField.Words"/>.</summary>
    Word,
}

/// <summary>One field of an <see cref="Augmentation"/>: the one place from which files are read and checked and flags are made.</summary>
/// <param name="Name">As in JSON.</param>
/// <param name="Kind">Which values it takes.</param>
/// <param name="Most">The largest number; the smallest is 0.</param>
/// <param name="Unit">"degrees"; empty where there is none.</param>
/// <param name="Sentence">What it does, for help texts.</param>
public sealed record AugmentationField(string Name, AugmentationValue Kind, double Most, string Unit, string Sentence)
{
    /// <summary>The words that a <see cref="AugmentationValue.Word"/> can be.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>All fields, in the order in which they are written.</summary>
    public static IReadOnlyList<AugmentationField> All => AugmentationFields.All;

    internal Func<Augmentation, object> Get { get; init; } = _ => 0;

    internal Func<Augmentation, object, Augmentation> Set { get; init; } = (a, _) => a;

    /// <summary>"a whole number", "true or false".</summary>
    public string Expected => Kind switch
    {
        AugmentationValue.Switch => "true or false",
        AugmentationValue.Count => "a whole number",
        AugmentationValue.Word => string.Join(" or ", Words),
        _ => "a number",
    };

    /// <summary>The augmentation with this field set.</summary>
    /// <param name="augmentation">The others stay as they are here.</param>
    /// <param name="value">A bool, int, double or one of <see cref="Words"/>, by <see cref="Kind"/>.</param>
    public Augmentation With(Augmentation augmentation, object value) => Set(augmentation, value);

    /// <summary>The fault of a number out of range; null where there is none.</summary>
    internal string? Fault(Augmentation augmentation, string prefix, double? mostHere = null, string of = "")
    {
        if (Kind is AugmentationValue.Switch or AugmentationValue.Word)
            return null;
        double value = Convert.ToDouble(Get(augmentation), CultureInfo.InvariantCulture), most = mostHere ?? Most;
        return value >= 0 && value <= most ? null : string.Create(CultureInfo.InvariantCulture, $"{prefix}{Name} is {value}, expected 0 to {most}{(Unit.Length > 0 ? " " : "")}{Unit}{of}");
    }
}
