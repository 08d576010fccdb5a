namespace Pictor.Datasets.Cleaning;

/// <summary>What can be wrong with a file or a sample, the gravest first.</summary>
public enum CleaningProblem
{
    /// <summary>It is no picture, or its pixels cannot be decoded.</summary>
    Undecodable,

    /// <summary>The file ends before its last pixel.</summary>
    Truncated,

    /// <summary>A picture that the data set cannot use, such as one outside the class folders.</summary>
    LeftOut,

    /// <summary>The same picture stands under different labels.</summary>
    LabelConflict,

    /// <summary>The label is likely to be wrong.</summary>
    LabelError,

    /// <summary>The same picture stands in more than one part.</summary>
    Leak,

    /// <summary>The same bytes or the same pixels stand in the set more than once.</summary>
    ExactDuplicate,

    /// <summary>The same picture saved anew: recompressed, scaled, toned, cropped, mirrored, turned.</summary>
    NearDuplicate,

    /// <summary>The name says another format than the content.</summary>
    WrongExtension,

    /// <summary>Nearly uniform: there is hardly anything to see.</summary>
    LowInformation,

    /// <summary>Far smaller than the others.</summary>
    TooSmall,

    /// <summary>Far wider or taller than the others.</summary>
    OddAspect,

    /// <summary>Even its brightest parts are dark, unlike the others.</summary>
    Dark,

    /// <summary>Even its darkest parts are bright, unlike the others.</summary>
    Bright,

    /// <summary>Nowhere sharp, unlike the others.</summary>
    Blurry,
}

/// <summary>What is to become of a file in the cleaned data set.</summary>
public enum CleaningAction
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It is left out. The file itself is never touched.</summary>
    Drop,

    /// <summary>It gets the suggested label.</summary>
    Relabel,
}

/// <summary>One problem of one file.</summary>
/// <param name="Sample">Index into <see cref="Dataset.Samples"/>; -1 for a file that is none.</param>
/// <param name="File">Where it lies.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Severity">0..1, comparable within one kind of problem.</param>
/// <param name="Label">Id of its label; several joined by '|'; empty where it has none.</param>
/// <param name="Suggestion">Id of the label that fits better; empty where there is none.</param>
/// <param name="Group">Number that the members of one set of duplicates share; null where there is none.</param>
/// <param name="Action">What would become of it.</param>
/// <param name="Detail">A sentence for people, with the value and what was expected.</param>
public sealed record CleaningIssue(
    int Sample, string File, CleaningProblem Problem, double Severity, string Label, string Suggestion, int? Group, CleaningAction Action, string Detail);
