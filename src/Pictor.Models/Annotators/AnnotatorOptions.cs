namespace Pictor.Models.Annotators;

/// <summary>How the session is set up.</summary>
public sealed record AnnotatorOptions
{
    /// <summary>Threads inside one inference, 1..64. <value>1: throughput comes from running several.</value></summary>
    public int Threads { get; init; } = 1;
}
