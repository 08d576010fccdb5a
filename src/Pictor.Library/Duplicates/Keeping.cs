using System.Globalization;

namespace Pictor.Library.Duplicates;

/// <summary>What is known of a picture of a group.</summary>
internal sealed record Candidate(long Row, string Id, string File, int Width, int Height, long Bytes, string Format, double Similarity, int Metadata, long FirstSeen)
{
    internal double Pixels => (double)Width * Height;

    internal double BytesPerPixel => Bytes / Math.Max(1, Pixels);
}

/// <summary>
/// Which picture of a group to keep. In doublings, so that one can be weighed against another: twice the pixels count 1, each piece of metadata (a date, a camera, a place) 0.5, twice the bytes
/// a pixel 0.25. Of equal ones the first that was taken in.
/// </summary>
internal static class Keeping
{
    private const double PerMetadata = 0.5, PerCompression = 0.25;

    // Pixels or bytes that differ less are no reason.
    private const double Notable = 1.05;

    internal static Candidate Best(IReadOnlyList<Candidate> group) => group.OrderByDescending(Worth).ThenBy(c => c.FirstSeen).ThenBy(c => c.Row).First();

    /// <summary>What speaks for a candidate: where it is ahead of all others.</summary>
    internal static IReadOnlyList<string> Reasons(Candidate candidate, IReadOnlyList<Candidate> group)
    {
        Candidate[] others = [.. group.Where(c => !ReferenceEquals(c, candidate))];
        var reasons = new List<string>();
        if (candidate.Pixels >= Notable * others.Max(o => o.Pixels))
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"largest: {candidate.Width} x {candidate.Height}"));
        if (candidate.BytesPerPixel >= Notable * others.Max(o => o.BytesPerPixel))
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"least compressed: {candidate.BytesPerPixel:0.00} bytes a pixel"));
        if (candidate.Metadata > others.Max(o => o.Metadata))
            reasons.Add("has more of date, camera and place");
        if (reasons.Count == 0 && candidate.FirstSeen < others.Min(o => o.FirstSeen))
            reasons.Add("was here first");
        return reasons;
    }

    private static double Worth(Candidate c) => Math.Log2(Math.Max(1, c.Pixels)) + (PerMetadata * c.Metadata) + (PerCompression * Math.Log2(Math.Max(1e-6, c.BytesPerPixel)));
}
