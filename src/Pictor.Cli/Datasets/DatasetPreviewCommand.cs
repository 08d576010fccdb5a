using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Datasets;
using Pictor.Imaging;

namespace Pictor.Cli.Datasets;

/// <summary><c>dataset preview</c>: a sheet of what an augmentation does to real pictures.</summary>
internal sealed class DatasetPreviewCommand : PictorCommand
{
    private readonly Argument<string> _path = new("path") { Description = "The data set." };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The PNG file to write.", DefaultValueFactory = _ => "preview.png", HelpName = "FILE" };
    private readonly Option<int> _rows = new("--rows") { Description = "Pictures shown, one a row.", DefaultValueFactory = _ => 8 };
    private readonly Option<int> _seed = new("--seed") { Description = "Which pictures and which changes.", DefaultValueFactory = _ => 1 };
    private readonly AugmentationOptions _augmentation = new("--preset");

    public DatasetPreviewCommand()
        : base(
            "preview", "A sheet that shows what an augmentation does: one picture a row, the original first; then mixed pairs, where pictures are mixed.",
            "pictor dataset preview pictures/ --rotation 15 --flip --out sheet.png", "pictor dataset preview mnist/ --preset digits --scale 0.2")
    {
        Add(_path);
        Add(_out);
        Add(_rows);
        Add(_seed);
        _augmentation.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        Augmentation augmentation = _augmentation.Read(parsed, Augmentation.None);
        using ProgressDisplay progress = output.Progress();
        using Dataset data = await Dataset.OpenAsync(parsed.GetRequiredValue(_path), progress, cancellationToken);
        Pixels sheet = AugmentationPreview.Draw(data, augmentation, parsed.GetValue(_rows), seed: parsed.GetValue(_seed));
        string file = Path.GetFullPath(parsed.GetRequiredValue(_out));
        await OutputFile.WriteAsync(file, PictureWriter.Png(sheet), cancellationToken);
        progress.Clear();
        output.Result(new { file, augmentation }, () => file);
        if (augmentation.IsNone) output.Say("No augmentation was named, so every column is the original. Try --preset everyday, or --rotation 15 --crop 2 --flip.");
        return ExitCode.Done;
    }
}
