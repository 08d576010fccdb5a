using System.CommandLine;
using System.Text;
using Pictor.Cli.Terminal;
using Pictor.Training.Comparing;

namespace Pictor.Cli.Training;

/// <summary><c>runs list</c>.</summary>
internal sealed class RunsListCommand : PictorCommand
{
    private readonly Argument<string> _folder = new("dir") { Description = "Where runs lie (runs/).", DefaultValueFactory = _ => "runs" };

    public RunsListCommand()
        : base("list", "The training runs below a folder, the best validation accuracy first.", "pictor runs list", "pictor runs list experiments/ --json") => Add(_folder);

    protected override Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunSummary> items = RunList.In(parsed.GetRequiredValue(_folder));
        output.Result(new { items }, () => RunText.List(items));
        return Task.FromResult(ExitCode.Done);
    }
}

/// <summary><c>runs compare</c>.</summary>
internal sealed class RunsCompareCommand : PictorCommand
{
    private readonly Argument<string[]> _runs = new("run") { Description = "Run folders, two or more.", Arity = new ArgumentArity(2, 1000) };
    private readonly Option<string> _data = new("--data") { Description = "Judge the packages on these pictures, the first against each other.", HelpName = "PATH" };
    private readonly Option<string> _split = new("--split") { Description = "train, val, test or all of that data." };
    private readonly Option<string> _out = new("--out", "-o") { Description = "Write a page with the curves over each other.", HelpName = "FILE" };

    public RunsCompareCommand()
        : base(
            "compare", "Runs side by side: where their recipes differ, what came out, and whether the difference is more than chance.",
            "pictor runs compare runs/first runs/second --out compare.html", "pictor runs compare runs/first runs/second --data mnist/ --json")
    {
        Add(_runs);
        Add(_data);
        Add(_split);
        Add(_out);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        RunComparison comparison;
        using (ProgressDisplay progress = output.Progress())
            comparison = await RunComparison.OfAsync(parsed.GetRequiredValue(_runs), parsed.GetValue(_data), parsed.GetValue(_split), progress, cancellationToken);
        if (parsed.GetValue(_out) is { } page)
        {
            string full = Path.GetFullPath(page);
            await OutputFile.WriteAsync(full, Encoding.UTF8.GetBytes(RunPage.Html(comparison)), cancellationToken);
            output.Say($"Page: {full}");
        }

        output.RawResult(comparison.ToJson(), () => RunText.Compare(comparison));
        return ExitCode.Done;
    }
}
