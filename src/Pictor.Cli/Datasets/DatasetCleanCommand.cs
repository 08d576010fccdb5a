using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Datasets.Cleaning;
using Pictor.Training.Cleaning;

namespace Pictor.Cli.Datasets;

/// <summary><c>dataset clean</c>: what is wrong with a data set, and a cleaned version of it.</summary>
internal sealed class DatasetCleanCommand : PictorCommand
{
    private readonly Argument<string> _path = new("path") { Description = "The data set." };
    private readonly Option<string> _out = new("--out", "-o") { Description = "Write report.html, report.json and issues.csv there.", HelpName = "DIR" };
    private readonly Option<string> _run = new("--run") { Description = "Find likely label errors by the margins of this run on the same data.", HelpName = "RUN_DIR" };
    private readonly Option<int?> _folds = new("--cross-validate")
    {
        Description = "Find likely label errors by training K times (5), each time judging the part that was held out. Slow.",
        HelpName = "K",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _network = new("--network") { Description = "The network for --cross-validate." };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "Its epochs." };
    private readonly Option<string> _predictions = new("--predictions") { Description = "Find likely label errors in this table of out-of-sample predictions.", HelpName = "FILE" };
    private readonly Option<string> _issues = new("--issues") { Description = "Take the actions from this issues.csv, which you have edited; nothing is looked for again.", HelpName = "FILE" };
    private readonly Option<string> _apply = new("--apply") { Description = "Write the cleaned data set as a manifest; no file is changed.", HelpName = "NEW.manifest.jsonl" };
    private readonly Option<CleaningAction> _labelErrors = new("--label-errors")
    {
        Description = "What becomes of likely label errors: drop, relabel or keep.",
        HelpName = "ACTION",
        DefaultValueFactory = _ => CleaningAction.Drop,
    };

    public DatasetCleanCommand()
        : base(
            "clean", "Find damage, duplicates, leaks, odd pictures and likely label errors; write a cleaned version.",
            "pictor dataset clean pictures/ --out report", "pictor dataset clean pictures/ --run runs/mine --label-errors relabel --apply clean.manifest.jsonl")
    {
        Add(_path);
        foreach (Option option in new Option[] { _out, _run, _folds, _network, _epochs, _predictions, _labelErrors, _issues, _apply }) Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        CleaningReport report;
        using (ProgressDisplay progress = output.Progress())
        {
            report = await CleaningRun.RunAsync(
                new CleaningRequest
                {
                    Data = parsed.GetRequiredValue(_path),
                    Out = parsed.GetValue(_out),
                    Run = parsed.GetValue(_run),
                    CrossValidate = parsed.GetResult(_folds) is null ? null : parsed.GetValue(_folds) ?? 5,
                    Network = parsed.GetValue(_network),
                    Epochs = parsed.GetValue(_epochs),
                    Predictions = parsed.GetValue(_predictions),
                    Issues = parsed.GetValue(_issues),
                    Apply = parsed.GetValue(_apply),
                    LabelErrors = parsed.GetValue(_labelErrors),
                },
                progress, cancellationToken);
        }

        output.Result(report, report.ToText);
        return ExitCode.Done;
    }
}
