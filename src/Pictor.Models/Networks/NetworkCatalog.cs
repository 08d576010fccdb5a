using System.Globalization;
using Pictor.Imaging;

namespace Pictor.Models.Networks;

/// <summary>The networks by name. A family takes its width after a hyphen, <c>resnet9-32</c>, and where it has one its depth after an x, <c>compact-48x3</c>.</summary>
public static class NetworkCatalog
{
    /// <summary>Largest side of an input in pixels.</summary>
    public const int LargestSide = 8192;

    /// <summary>The names, each with a sentence.</summary>
    public static IReadOnlyList<NetworkEntry> All { get; } = Array.ConvertAll(NetworkRow.All, row => row.Entry);

    /// <summary>Builds a network's description; no weights are allocated, however large it is.</summary>
    /// <param name="name">A name of <see cref="All"/>, or a family's name with a width, <c>resnet9-32</c>, or width and depth, <c>compact-48x3</c>.</param>
    /// <param name="input">Shape of one picture; sides 1..8192.</param>
    /// <param name="classes">Length of the output, at least 1.</param>
    /// <param name="dropout">Probability in front of the last linear layer (AlexNet and VGG from 65 px on: at both wide layers), 0..1 (1 excluded). <value>null: the network's own.</value></param>
    /// <exception cref="InputException">Unknown name (suggests the nearest), a value out of range, or an input too small for it.</exception>
    public static Network Create(string name, PictureShape input, int classes, float? dropout = null)
    {
        NetworkName found = NetworkName.Parse(name);
        NetworkRow row = found.Row;
        if (input.Channels < 1 || input.Height is < 1 or > LargestSide || input.Width is < 1 or > LargestSide)
            throw Fault("network.input", name, $"an input of {input} is out of range", $"Give at least one channel and sides of 1 to {LargestSide} pixels.");
        if (classes is < 1 or > 1_000_000)
            throw Fault("network.classes", name, $"{classes} classes are out of range", "Give 1 to 1000000 classes.");
        if (dropout is { } p && !(p is >= 0 and < 1))
            throw Fault("network.dropout", name, $"a dropout of {p.ToString(CultureInfo.InvariantCulture)} is out of range", "Give a probability from 0 up to, but not including, 1.");
        if (dropout > 0 && !row.TakesDropout)
            throw Fault("network.dropout", name, "it has no dropout", "Leave the setting out, or take another network.");

        var order = new NetworkOrder(name, input, classes, found.Width, found.Depth, dropout);
        try
        {
            return row.Build(order);
        }
        catch (LayerDoesNotFitException e)
        {
            throw Fault("network.input-too-small", name, $"an input of {input} is too small: {e.Message}", $"Use pictures of at least {Smallest(row, order)} pixels a side.");
        }
    }

    private static int Smallest(NetworkRow row, NetworkOrder order)
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

    internal static InputException Fault(string code, string name, string problem, string remedy) => new($"network {name}", problem, remedy) { Code = code };
}

/// <summary>One line of the list of networks.</summary>
/// <param name="Name">What <c>--network</c> takes.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Usual">The input it is usually shown with.</param>
/// <param name="UsualClasses">The number of classes it is usually shown with.</param>
public sealed record NetworkEntry(string Name, string Description, PictureShape Usual, int UsualClasses = 10);

/// <summary>What is asked of a network's builder; values have been checked.</summary>
internal sealed record NetworkOrder(string Name, PictureShape Input, int Classes, int? Width = null, int? Depth = null, float? Dropout = null);
