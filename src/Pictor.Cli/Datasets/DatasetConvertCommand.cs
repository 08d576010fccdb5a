using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Datasets;

namespace Pictor.Cli.Datasets;

/// <summary><c>dataset convert</c>: the same data set in another format.</summary>
internal sealed class DatasetConvertCommand : PictorCommand
{
    private readonly Argument<string> _source = new("source") { Description = "The data set; it is never written to." };
    private readonly Argument<string> _target = new("target") { Description = "The folder (for a manifest: the file) to write." };
    private readonly Option<DatasetFormat> _to = new("--to") { Description = "The format to write: folder, csv, coco, voc, yolo, cifar or manifest.", Required = true, HelpName = "FORMAT" };
    private readonly Option<bool> _link = new("--link") { Description = "Link to picture files on disk instead of copying them." };
    private readonly Option<bool> _resize = new("--resize") { Description = "Bring pictures to the size that the format demands (cifar: 32 x 32)." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace a target that exists." };

    public DatasetConvertCommand()
        : base(
            "convert", "Write a data set in another format, and say what that cannot hold.",
            "pictor dataset convert pictures/ pictures-coco/ --to coco", "pictor dataset convert mnist/ mnist-png/ --to folder")
    {
        Add(_source);
        Add(_target);
        Add(_to);
        Add(_link);
        Add(_resize);
        Add(_force);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        Conversion done;
        using (ProgressDisplay progress = output.Progress())
        {
            using Dataset data = await Dataset.OpenAsync(parsed.GetRequiredValue(_source), progress, cancellationToken);
            var options = new ConvertOptions { Force = parsed.GetValue(_force), Link = parsed.GetValue(_link), Resize = parsed.GetValue(_resize) };
            done = await DatasetConverter.ConvertAsync(data, parsed.GetRequiredValue(_target), parsed.GetValue(_to), options, progress, cancellationToken);
        }

        output.Result(done, () => FormattableString.Invariant($"{done.Target}: {done.Pictures:N0} pictures{(done.Classes == 0 ? "" : $" of {done.Classes:N0} classes")} as {parsed.GetValue(_to).ToString().ToLowerInvariant()}"));
        foreach (string warning in done.Warnings)
            output.Say($"warning: {warning}");
        return output.Skips(done.Skipped);
    }
}
