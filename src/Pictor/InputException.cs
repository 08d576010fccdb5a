namespace Pictor;

/// <summary>
/// Input that a person can put right: a file, a field or a flag. Everything else that is thrown is a bug.
/// The command line turns it into exit code 1, REST into a 4xx problem, each in one place.
/// </summary>
public class InputException : Exception
{
    /// <summary>Describes a fault in the input.</summary>
    /// <param name="subject">The file, line or field: "labels.csv line 812".</param>
    /// <param name="problem">What is wrong with it, with the value found and what was expected.</param>
    /// <param name="remedy">The way out, as a full sentence.</param>
    /// <param name="inner">What was thrown underneath, if anything.</param>
    public InputException(string subject, string problem, string remedy, Exception? inner = null)
        : base($"{subject}: {problem}{(problem.EndsWith('.') ? "" : ".")} {remedy}".TrimEnd(), inner)
    {
        Subject = subject;
        Problem = problem;
        Remedy = remedy;
    }

    /// <summary>The file, line or field at fault.</summary>
    public string Subject { get; }

    /// <summary>What is wrong with it.</summary>
    public string Problem { get; }

    /// <summary>The way out.</summary>
    public string Remedy { get; }

    /// <summary>A stable word for programs, such as <c>picture.too-large</c>; REST sends it as <c>code</c>.</summary>
    public string Code { get; init; } = "input.invalid";
}
