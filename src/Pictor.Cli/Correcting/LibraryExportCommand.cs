using System.CommandLine;
using System.Globalization;
using Pictor.Cli.Library;
using Pictor.Cli.Terminal;
using Pictor.Datasets;
using Pictor.Library;

namespace Pictor.Cli.Correcting;

/// <summary><c>library export</c>: what people said, as a data set that any tool reads.</summary>
internal sealed class LibraryExportCommand : PictorCommand
{
    private readonly Argument<string> _target = new("folder") { Description = "Where to write: a folder that does not exist yet." };
    private readonly Option<DatasetFormat> _format = new("--to") { Description = "folder, csv, coco, voc or yolo.", DefaultValueFactory = _ => DatasetFormat.Folder };
    private readonly Option<string[]> _tags = new("--tags") { Description = "Only these tags become classes; else all that people said.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _all = new("--all") { Description = "Take the word of imports and of the model too." };
    private readonly Option<string> _query = new("--query", "-q") { Description = "Only pictures that these words find.", HelpName = "WORDS" };
    private readonly Option<bool> _link = new("--link") { Description = "Link to the pictures instead of copying them." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace a folder that exists." };
    private readonly LibraryOption _library = new();

    public LibraryExportCommand()
        : base("export", "Write what people said as a data set: class folders, CSV, COCO, Pascal VOC or YOLO.", "pictor library export corrections/", "pictor library export corrections/ --to coco --tags dog cat --library lib/")
    {
        Add(_target);
        Add(_format);
        Add(_tags);
        Add(_all);
        Add(_query);
        Add(_link);
        Add(_force);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        var export = new LibraryExport
        {
            Tags = parsed.GetValue(_tags) ?? [],
            AllSources = parsed.GetValue(_all),
            Pictures = parsed.GetValue(_query) is { } text ? new PictureSelection { Query = new PictureQuery(text, null) } : null,
        };
        Conversion conversion = await WriteAsync(library, export, parsed.GetRequiredValue(_target), parsed.GetValue(_format), parsed.GetValue(_link), parsed.GetValue(_force), output, cancellationToken);
        output.Result(conversion, () => string.Create(CultureInfo.InvariantCulture, $"{conversion.Target}: {conversion.Pictures} pictures of {conversion.Classes} classes"));
        return output.Skips(conversion.Skipped);
    }

    internal static async Task<Conversion> WriteAsync(
        PictureLibrary library, LibraryExport export, string target, DatasetFormat format, bool link, bool force, CommandOutput output, CancellationToken cancellationToken)
    {
        using Dataset data = await library.ToDatasetAsync(export, cancellationToken);
        Conversion conversion;
        using (ProgressDisplay progress = output.Progress())
            conversion = await DatasetConverter.ConvertAsync(data, target, format, new ConvertOptions { Link = link, Force = force }, progress, cancellationToken);
        foreach (string warning in conversion.Warnings)
            output.Say(warning);
        return conversion;
    }
}
