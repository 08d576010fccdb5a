namespace Pictor;

/// <summary>An input that was left out while the rest went on.</summary>
/// <param name="File">Its path, absolute where it has one.</param>
/// <param name="Reason">What was wrong, as a sentence for people.</param>
public sealed record SkippedFile(string File, string Reason);
