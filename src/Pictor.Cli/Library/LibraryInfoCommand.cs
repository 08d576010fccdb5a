using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary><c>library info</c>.</summary>
internal sealed class LibraryInfoCommand : PictorCommand
{
    private readonly LibraryOption _library = new();

    public LibraryInfoCommand()
        : base("info", "What there is: pictures, files, sizes, models, folders, and who owns it.", "pictor library info", "pictor library info --library lib/ --json") => Add(_library);

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        LibraryInfo info = library.Info();
        output.Result(info, () => Text(info));
        return ExitCode.Done;
    }

    private static string Text(LibraryInfo info)
    {
        var text = new StringBuilder();
        text.AppendLine(info.Library);
        Line("pictures", string.Create(CultureInfo.InvariantCulture, $"{info.Pictures:N0} ({info.Hidden:N0} hidden, {info.Missing:N0} missing) in {info.Files:N0} files; {info.Skipped:N0} files could not be read"));
        Line("said by people", string.Create(CultureInfo.InvariantCulture, $"{info.SaidByPeople:N0} annotations, {info.Rejections:N0} rejections; {info.Imported:N0} annotations read from files"));
        Line("catalogue", string.Create(CultureInfo.InvariantCulture, $"{Size(info.CatalogueBytes)}, schema {info.Schema}"));
        Line("originals", string.Create(CultureInfo.InvariantCulture, $"{info.Originals.Files:N0} files, {Size(info.Originals.Bytes)}"));
        Line("derived", string.Create(CultureInfo.InvariantCulture, $"{info.Thumbnails.Files:N0} thumbnails, {Size(info.Thumbnails.Bytes)}; saved indexes {Size(info.IndexBytes)}"));
        foreach (ModelItem model in info.Models)
            Line("model", $"{(model.Active ? "* " : "")}{model.Name}@{model.Version}, {model.Classes} classes");
        foreach (FolderItem folder in info.Folders)
            Line("folder", LibraryFoldersCommand.Describe(folder));
        Line("last indexed", info.LastIndexedAt is { } at ? $"{at.ToLocalTime():yyyy-MM-dd HH:mm}" : "never");
        Line("owner", info.OwnerPid is { } pid ? $"process {pid}{(info.OwnerUrl is { } url ? $" at {url}" : "")}" : "nobody");
        return text.ToString();

        void Line(string name, string value) => text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-15} {value}");
    }

    internal static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}
