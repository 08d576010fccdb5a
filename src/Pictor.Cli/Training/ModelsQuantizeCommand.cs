using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Terminal;
using Pictor.Models.Quantizing;
using Pictor.Training.Quantizing;

namespace Pictor.Cli.Training;

/// <summary><c>models quantize</c>: a package a quarter as large that answers about twice as fast, with what that costs.</summary>
internal sealed class ModelsQuantizeCommand : PictorCommand
{
    private readonly Argument<string> _package = new("package") { Description = "A package NAME.pictor; it stays as it is." };
    private readonly Option<string> _data = new("--data") { Description = "Labelled pictures like those it will see: its training data, best.", Required = true, HelpName = "PATH" };
    private readonly Option<int> _pictures = new("--pictures") { Description = "How many of them to look at.", DefaultValueFactory = _ => PackageQuantization.DefaultPictures };
    private readonly Option<int> _bits = new("--weight-bits") { Description = "8, or 7 for processors without VNNI, whose 8-bit multiplication saturates.", DefaultValueFactory = _ => 8 };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The new package.", Required = true, HelpName = "FILE" };

    public ModelsQuantizeCommand()
        : base(
            "quantize", "Turn a package's arithmetic into 8-bit numbers: a quarter of the size, about twice the speed; writes a new package.",
            "pictor models quantize runs/mnist/model.pictor --data mnist/ --out mnist-int8.pictor",
            "pictor models quantize model.pictor --data photos/ --pictures 1000 --weight-bits 7 --out anywhere.pictor")
    {
        Add(_package);
        Add(_data);
        Add(_pictures);
        Add(_bits);
        Add(_out);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        QuantizationOutcome outcome;
        using (ProgressDisplay progress = output.Progress())
        {
            outcome = await PackageQuantization.RunAsync(
                parsed.GetRequiredValue(_package), parsed.GetRequiredValue(_data), parsed.GetRequiredValue(_out), parsed.GetValue(_pictures), parsed.GetValue(_bits), progress, cancellationToken);
        }

        output.Result(outcome, () => Text(outcome));
        return output.Skips(outcome.Skipped);
    }

    private static string Text(QuantizationOutcome outcome)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append(plain, $"{outcome.Model}\n{outcome.Name}@{outcome.Version}, ranges seen on {outcome.Pictures} pictures\n\n");
        text.Append(plain, $"size      {outcome.BytesBefore / 1e6:0.00} MB -> {outcome.BytesAfter / 1e6:0.00} MB\n");
        if (outcome.AccuracyBefore is { } before && outcome.AccuracyAfter is { } after)
            text.Append(plain, $"accuracy  {before * 100:0.00} % -> {after * 100:0.00} % on {outcome.Judged} pictures (part {outcome.Split})\n");
        foreach (QuantizedSpeed speed in outcome.Speeds)
            text.Append(plain, $"speed     {speed.Before:0} -> {speed.After:0} pictures/s at {speed.Batch} at once on one thread ({speed.After / speed.Before:0.00} times)\n");
        QuantizedLayer[] kept = [.. outcome.Layers.Where(layer => !layer.Quantized)];
        text.Append(plain, $"layers    {outcome.Layers.Count - kept.Length} of {outcome.Layers.Count} in 8 bits");
        text.Append(kept.Length == 0 ? "\n" : string.Create(plain, $"; left in 32, being too small to gain by it: {string.Join(", ", kept.Select(layer => string.Create(plain, $"{layer.Name} ({layer.Share * 100:0.##} % of the work)")))}\n"));
        return text.ToString();
    }
}
