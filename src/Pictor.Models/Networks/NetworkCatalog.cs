using System.Globalization;
using Pictor.Imaging;

namespace Pictor.Models.Networks;

/// <summary>The networks by name. A family takes its width after a hyphen: <c>resnet9-32</c>.</summary>
public static class NetworkCatalog
{
    /// <summary>Largest side of an input in pixels.</summary>
    public const int LargestSide = 8192;

    // One line a network. A family's Widths are the widths that may follow its name.
    private static readonly Row[] Rows =
    [
        new(new("softmax", "Logistic regression on the pixels: trains in seconds, and what every other network must beat.", new(1, 28, 28)), Softmax.Build) { TakesDropout = false },
        new(new("mnist-cnn", "Two 5x5 convolutions (16, 32) with pooling, then linear: small, fast, above 99 % on MNIST.", new(1, 28, 28)), MnistCnn.Build),
        new(new("lstm-rows", "An LSTM of 128 units that reads the picture row by row.", new(1, 28, 28)), LstmRows.Build),
        new(new("resnet9", "Nine-layer residual net for colour pictures from 16 px; resnet9-WIDTH (such as resnet9-32) sets the channels of its first layer, 64 by default.", new(3, 32, 32)), Resnet9.Build) { Widths = (8, 256) },
    ];

    /// <summary>The names, each with a sentence.</summary>
    public static IReadOnlyList<NetworkEntry> All { get; } = Array.ConvertAll(Rows, row => row.Entry);

    /// <summary>Builds a network's description; no weights are allocated, however large it is.</summary>
    /// <param name="name">A name of <see cref="All"/>, or a family's name with a width: <c>resnet9-32</c>.</param>
    /// <param name="input">Shape of one picture; sides 1..8192.</param>
    /// <param name="classes">Length of the output, at least 1.</param>
    /// <param name="dropout">Probability in front of the last linear layer, 0..1 (1 excluded). <value>null: the network's own.</value></param>
    /// <exception cref="InputException">Unknown name (suggests the nearest), a value out of range, or an input too small for it.</exception>
    public static Network Create(string name, PictureShape input, int classes, float? dropout = null)
    {
        (Row row, int? width) = Find(name);
        if (input.Channels < 1 || input.Height is < 1 or > LargestSide || input.Width is < 1 or > LargestSide)
            throw Fault("network.input", name, $"an input of {input} is out of range", $"Give at least one channel and sides of 1 to {LargestSide} pixels.");
        if (classes is < 1 or > 1_000_000)
            throw Fault("network.classes", name, $"{classes} classes are out of range", "Give 1 to 1000000 classes.");
        if (dropout is { } p && !(p is >= 0 and < 1))
            throw Fault("network.dropout", name, $"a dropout of {p.ToString(CultureInfo.InvariantCulture)} is out of range", "Give a probability from 0 up to, but not including, 1.");
        if (dropout > 0 && !row.TakesDropout)
            throw Fault("network.dropout", name, "it has no dropout", "Leave the setting out, or take another network.");

        var order = new NetworkOrder(name, input, classes, width, dropout);
        try
        {
            return row.Build(order);
        }
        catch (LayerDoesNotFitException e)
        {
            throw Fault("network.input-too-small", name, $"an input of {input} is too small: {e.Message}", $"Use pictures of at least {Smallest(row, order)} pixels a side.");
        }
    }

    private static (Row Row, int? Width) Find(string name)
    {
        if (Array.Find(Rows, row => row.Entry.Name == name) is { } exact)
            return (exact, null);

        int hyphen = name.LastIndexOf('-');
        Row? family = hyphen < 0 ? null : Array.Find(Rows, row => row.Widths is not null && row.Entry.Name == name[..hyphen]);
        if (family is { Widths: var (low, high) })
        {
            return int.TryParse(name.AsSpan(hyphen + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width >= low && width <= high
                ? (family, width)
                : throw Fault("network.width", name, $"'{name[(hyphen + 1)..]}' is no width", $"Give a whole number from {low} to {high}, such as {family.Entry.Name}-32.");
        }

        IEnumerable<string> names = Rows.Select(row => row.Entry.Name);
        string guess = NearestWord.Of(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        throw Fault("network.unknown", name, $"there is no network of this name.{guess}", $"Known are {string.Join(", ", names)}.");
    }

    private static int Smallest(Row row, NetworkOrder order)
    {
        for (int side = 1; ; side++)
        {
            try
            {
                row.Build(order with { Input = new(order.Input.Channels, side, side) });
                return side;
            }
            catch (LayerDoesNotFitException) when (side < LargestSide)
            {
                // The next larger one.
            }
        }
    }

    private static InputException Fault(string code, string name, string problem, string remedy) => new($"network {name}", problem, remedy) { Code = code };

    private sealed record Row(NetworkEntry Entry, Func<NetworkOrder, Network> Build)
    {
        public (int Low, int High)? Widths { get; init; }

        public bool TakesDropout { get; init; } = true;
    }
}

/// <summary>One line of the list of networks.</summary>
/// <param name="Name">What <c>--network</c> takes.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Usual">The input it is usually shown with.</param>
public sealed record NetworkEntry(string Name, string Description, PictureShape Usual);

/// <summary>What is asked of a network's builder; values have been checked.</summary>
internal sealed record NetworkOrder(string Name, PictureShape Input, int Classes, int? Width = null, float? Dropout = null);
