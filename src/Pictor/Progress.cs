namespace Pictor;

/// <summary>How far a long piece of work has come. Reported through <see cref="IProgress{T}"/>.</summary>
/// <param name="Stage">What is being done, as a person would say it: "Reading pictures".</param>
/// <param name="Done">Units finished.</param>
/// <param name="Total">Units in all, when known.</param>
/// <param name="Note">Something to show beside the bar, such as the current loss.</param>
public sealed record Progress(string Stage, long Done, long? Total = null, string? Note = null);
