namespace Pictor.Models.Hosting;

/// <summary>Which package a service annotates with, and how.</summary>
public sealed class PictorAnnotatorOptions
{
    /// <summary>Path of the package. Required; a relative one is seen from the working directory.</summary>
    public string ModelPath { get; set; } = "";

    /// <summary>Threads inside one inference, 1..64. <value>1: throughput comes from serving several requests at once.</value></summary>
    public int Threads { get; set; } = 1;
}
