using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Training.Evaluation;

namespace Pictor.Cli.Training;

/// <summary><c>evaluate</c>: judge a package on labelled pictures, or anyone's table of predictions.</summary>
internal sealed class EvaluateCommand : PictorCommand
{
    private readonly Option<string> _model = new("--model", "-m") { Description = "The package to judge.", HelpName = "FILE" };
    private readonly Option<string> _data = new("--data") { Description = "Labelled pictures to judge it on.", HelpName = "PATH" };
    private readonly Option<string> _split = new("--split") { Description = "train, val, test or all; else test where there is one, then val, then all." };
    private readonly Option<string> _predictions = new("--predictions") { Description = "A CSV of [file,]label and a column per class, instead of a package.", HelpName = "FILE" };
    private readonly Option<string> _against = new("--against") { Description = "Compare with another package, or a CSV of predictions, on the same pictures.", HelpName = "FILE" };
    private readonly Option<string[]> _sliceBy = new("--slice-by") { Description = "Also divide the pictures by this column of the data set; may be repeated.", HelpName = "COLUMN", DefaultValueFactory = _ => [] };
    private readonly Option<double> _precision = new("--precision") { Description = "The precision that thresholds are sought for (0.95).", DefaultValueFactory = _ => 0.95 };
    private readonly Option<string> _out = new("--out", "-o") { Description = "Write report.html, report.json, report.txt and predictions.csv there.", HelpName = "DIR" };

    public EvaluateCommand()
        : base(
            "evaluate", "Judge a model: accuracy, precision, recall, curves, calibration, and the pictures it got wrong.",
            "pictor evaluate --model runs/mnist/model.pictor --data mnist/ --out report/", "pictor evaluate --model new.pictor --data photos/ --against old.pictor --json")
    {
        Add(_model);
        Add(_data);
        Add(_split);
        Add(_predictions);
        Add(_against);
        Add(_sliceBy);
        Add(_precision);
        Add(_out);
        Validators.Add(result =>
        {
            bool table = result.GetValue(_predictions) is not null;
            bool package = result.GetValue(_model) is not null || result.GetValue(_data) is not null;
            if (table && package)
                result.AddError("--predictions stands alone: it replaces --model and --data.");
            else if (!table && (result.GetValue(_model) is null || result.GetValue(_data) is null))
                result.AddError("Name a package and labelled pictures (--model FILE --data PATH), or a table (--predictions FILE).");
        });
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        var options = new EvaluationOptions
        {
            Model = parsed.GetValue(_model),
            Data = parsed.GetValue(_data),
            Split = parsed.GetValue(_split),
            Predictions = parsed.GetValue(_predictions),
            Against = parsed.GetValue(_against),
            SliceBy = parsed.GetValue(_sliceBy) ?? [],
            Precision = parsed.GetValue(_precision),
            Out = parsed.GetValue(_out),
        };
        EvaluationOutcome outcome;
        using (ProgressDisplay progress = output.Progress())
            outcome = await Evaluator.RunAsync(options, progress, cancellationToken);

        output.RawResult(outcome.Json, () => outcome.Text);
        if (outcome.ReportPath is { } report) output.Say($"Report: {report}");
        return output.Skips(outcome.Skipped);
    }
}
