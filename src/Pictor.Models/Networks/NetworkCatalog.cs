using Pictor.Imaging;

namespace Pictor.Models.Networks;

/// <summary>The networks by name. A family takes its width after a hyphen: <c>resnet9-32</c>.</summary>
public static class NetworkCatalog
{
    /// <summary>The names, each with a sentence.</summary>
    public static IReadOnlyList<NetworkEntry> All => throw new NotImplementedException();

    /// <summary>Builds a network.</summary>
    /// <exception cref="InputException">Unknown name (suggests the nearest), or an input too small for it.</exception>
    public static Network Create(string name, PictureShape input, int classes) => throw new NotImplementedException();
}

/// <summary>One line of the list of networks.</summary>
/// <param name="Name">What <c>--network</c> takes.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Usual">The input it is usually shown with.</param>
public sealed record NetworkEntry(string Name, string Description, PictureShape Usual);
