using Pictor.Imaging;

namespace Pictor.Training.Calibrating;

/// <summary>What <see cref="PackageCalibrator"/> shall reach, and on what.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Share of each class's tags that shall be right. <value>0.9; above 0, up to 1.</value></summary>
    public double Precision { get; init; } = 0.9;

    /// <summary>The share shall be reached with 95 % certainty. <value>false.</value></summary>
    public bool Certain { get; init; }

    /// <summary>
    /// No class is named below this probability, whatever the labelled pictures say: they all show one of the classes, and other pictures shall get no tag. <value>0; 0..1, 1 excluded.</value>
    /// </summary>
    public double Floor { get; init; }

    /// <summary>Part of the data; null: val if there is one, else all. Never the test part, which is kept for judging. <value>null.</value></summary>
    public string? Split { get; init; }

    /// <summary>How pictures of other shapes shall be brought to the input from now on; null: as before. <value>null.</value></summary>
    public ResizePolicy? Resize { get; init; }

    internal void Check()
    {
        if (!(Precision is > 0 and <= 1))
            throw new InputException("--precision", FormattableString.Invariant($"{Precision} is no precision"), "Give a number above 0 and up to 1, such as 0.9.");
        if (!(Floor is >= 0 and < 1))
            throw new InputException("--floor", FormattableString.Invariant($"{Floor} is out of range"), "Give a probability from 0 to below 1, such as 0.5.");
    }
}
