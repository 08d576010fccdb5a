using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Terminal;
using Pictor.Imaging;
using Pictor.Training.Calibrating;

namespace Pictor.Cli.Training;

/// <summary><c>models calibrate</c>: a package whose confidence can be believed and whose tags reach a wanted precision.</summary>
internal sealed class ModelsCalibrateCommand : PictorCommand
{
    private readonly Argument<string> _package = new("package") { Description = "A package NAME.pictor; it stays as it is." };
    private readonly Option<string> _data = new("--data") { Description = "Labelled pictures that it was not trained on.", Required = true, HelpName = "PATH" };
    private readonly Option<double> _precision = new("--precision") { Description = "Share of each class's tags that shall be right (0.9).", DefaultValueFactory = _ => 0.9 };
    private readonly Option<bool> _certain = new("--certain") { Description = "Reach it with 95 % certainty, so that small classes do not boast." };
    private readonly Option<double> _floor = new("--floor") { Description = "Name no class below this probability (0), so that pictures of none of them get no tag." };
    private readonly Option<string> _split = new("--split") { Description = "train, val, test or all; else val where there is one, else all." };
    private readonly Option<ResizePolicy?> _resize = new("--resize") { Description = "How pictures of other shapes are brought to the input from now on; else as before.", HelpName = "Stretch|CentreCrop|Letterbox" };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The new package.", Required = true, HelpName = "FILE" };

    public ModelsCalibrateCommand()
        : base(
            "calibrate", "Fit a temperature and a threshold for each class on labelled pictures; writes a new package.",
            "pictor models calibrate runs/mnist/model.pictor --data mnist/ --precision 0.99 --out mnist-99.pictor",
            "pictor models calibrate model.pictor --data photos/ --certain --out careful.pictor")
    {
        Add(_package);
        Add(_data);
        Add(_precision);
        Add(_certain);
        Add(_floor);
        Add(_split);
        Add(_resize);
        Add(_out);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        CalibrationOutcome outcome;
        using (ProgressDisplay progress = output.Progress())
        {
            outcome = await PackageCalibrator.RunAsync(
                parsed.GetRequiredValue(_package), parsed.GetRequiredValue(_data), parsed.GetRequiredValue(_out),
                new CalibrationOptions
                {
                    Precision = parsed.GetValue(_precision),
                    Certain = parsed.GetValue(_certain),
                    Floor = parsed.GetValue(_floor),
                    Split = parsed.GetValue(_split),
                    Resize = parsed.GetValue(_resize),
                },
                progress, cancellationToken);
        }

        output.Result(outcome, () => Text(outcome));
        return output.Skips(outcome.Skipped);
    }

    private static string Text(CalibrationOutcome outcome)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{outcome.Model}\n{outcome.Name}@{outcome.Version}, fitted on {outcome.Samples} pictures (part {outcome.Split})\n");
        if (outcome.Temperature is { } temperature)
            text.Append(CultureInfo.InvariantCulture, $"temperature {temperature:0.000}: calibration error {outcome.ErrorBefore * 100:0.00} % before, {outcome.ErrorAfter * 100:0.00} % after\n");
        int width = Math.Clamp(outcome.Classes.Max(c => c.Label.Length), 5, 40);
        text.Append(CultureInfo.InvariantCulture, $"\n{new string(' ', width)}  threshold  precision  at least     recall\n");
        foreach (CalibratedClass c in outcome.Classes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{c.Label.PadLeft(width)}  ").Append(c.Threshold is { } floor && c.Precision is null
                ? string.Create(CultureInfo.InvariantCulture, $"{floor,9:0.0000}  none of these pictures is named\n")
                : c.Threshold is { } threshold ? string.Create(CultureInfo.InvariantCulture, $"{threshold,9:0.0000}  {c.Precision * 100,7:0.00} %  {c.PrecisionLow * 100,6:0.00} %  {c.Recall * 100,7:0.00} %\n")
                : "not reached\n");
        }

        foreach (string note in outcome.Notes)
            text.Append("note: ").Append(note).Append('\n');
        return text.ToString();
    }
}
