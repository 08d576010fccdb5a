namespace Pictor.Library.Facts;

/// <summary>Something that a file or its pixels tell without a model.</summary>
/// <param name="Id">red, winter, year-2023, camera:Canon EOS 5D, lens:..., place:48.86,2.29, ...</param>
/// <param name="Share">The share of the picture that it holds for (colours), or null where it holds or does not.</param>
internal sealed record Fact(string Id, double? Share = null)
{
    internal const string YearPrefix = "year-";
    internal const string CameraPrefix = "camera:";
    internal const string LensPrefix = "lens:";
    internal const string PlacePrefix = "place:";

    /// <summary>How well a picture fits the word: a picture that is half red is redder than one that is a fifth red, and both fit well.</summary>
    internal static double Score(double? share) => share is { } s ? 0.5 + (0.5 * Math.Clamp(s, 0, 1)) : 1;
}
