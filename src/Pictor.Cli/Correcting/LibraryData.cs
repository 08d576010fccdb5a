using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Pictor.Cli.Library;
using Pictor.Cli.Terminal;
using Pictor.Cli.Training;
using Pictor.Datasets;
using Pictor.Library;

namespace Pictor.Cli.Correcting;

/// <summary>
/// <c>train --library DIR</c>: what people said there is the data set. It is written beside the run (<c>RUN.data</c>: a table, and links to the pictures), so that the run can be
/// judged, resumed and repeated with the very data that it learned from, whatever is corrected meanwhile.
/// </summary>
internal sealed class LibraryData
{
    private readonly LibraryOption _library = new() { Description = "Learn from what people said in this library; their rejections are examples of what a picture does not show." };
    private readonly Option<string[]> _tags = new("--tags") { Description = "With --library: only these tags become classes.", AllowMultipleArgumentsPerToken = true };

    public void AddTo(Command command)
    {
        command.Add(_library);
        command.Add(_tags);
    }

    public bool IsNamed(SymbolResult result) => result.GetValue(_library) is not null;

    public async Task<string> WriteAsync(ParseResult parsed, string? run, string? name, bool resume, CommandOutput output, CancellationToken cancellationToken)
    {
        string folder = _library.Folder(parsed);
        string target = Path.GetFullPath((run ?? Path.Combine("runs", PackageName.From(name ?? Path.GetFileName(folder) + "-head"))).TrimEnd(Path.DirectorySeparatorChar)) + ".data";
        if (resume && Directory.Exists(target))
            return target;
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);

        // Only what an earlier run has put there is replaced.
        bool ours = File.Exists(Path.Combine(target, "labels.csv"));
        Conversion conversion = await LibraryExportCommand.WriteAsync(
            library, new LibraryExport { Tags = parsed.GetValue(_tags) ?? [] }, target, DatasetFormat.Csv, link: !OperatingSystem.IsWindows(), force: ours, output, cancellationToken);
        output.Say(string.Create(CultureInfo.InvariantCulture, $"{conversion.Pictures} pictures of {conversion.Classes} classes, as people said them: {target}"));
        return target;
    }
}
