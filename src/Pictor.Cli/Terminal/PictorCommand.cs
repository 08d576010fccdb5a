using System.CommandLine;

namespace Pictor.Cli.Terminal;

/// <summary>One command: its options as fields, its work in <see cref="RunAsync"/>. The one place where exceptions become exit codes.</summary>
internal abstract class PictorCommand : Command
{
    protected PictorCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(InvokeAsync);
    }

    /// <summary>Two command lines that can be typed as they stand.</summary>
    public IReadOnlyList<string> Examples { get; }

    protected abstract Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken);

    /// <summary>What to say when the work was stopped; overridden where it can be resumed.</summary>
    protected virtual string HowToResume(ParseResult parsed) => "Stopped.";

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.For(parsed);
        try
        {
            return await RunAsync(parsed, output, cancellationToken);
        }
        catch (InputException fault)
        {
            output.Complain($"error: {fault.Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            output.Complain(HowToResume(parsed));
            return ExitCode.Cancelled;
        }
        catch (Exception bug) when (!output.Verbose)
        {
            output.Complain($"error: something unexpected went wrong: {bug.Message}");
            output.Complain("This is a fault in Pictor, not in your input. Run again with -v for details, and please report it.");
            return ExitCode.Failed;
        }
        catch (Exception bug)
        {
            output.Complain($"error: something unexpected went wrong: {bug}");
            return ExitCode.Failed;
        }
    }
}

/// <summary>A noun with its verbs.</summary>
internal sealed class Group : Command
{
    public Group(string name, string description, params PictorCommand[] verbs)
        : base(name, description)
    {
        foreach (PictorCommand verb in verbs) Add(verb);
    }
}
