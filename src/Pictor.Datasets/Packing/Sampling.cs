namespace Pictor.Datasets;

/// <summary>Which pictures an epoch shows.</summary>
public enum Sampling
{
    /// <summary>Every picture once.</summary>
    Uniform,

    /// <summary>As many pictures, drawn with replacement so that all classes are equally likely.</summary>
    Balanced,
}
