using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Terminal;
using Pictor.Imaging;
using Pictor.Library;
using Pictor.Models.Annotators;

namespace Pictor.Cli.Library;

/// <summary><c>annotate FILE...</c>: what a package says of some files; nothing is stored.</summary>
internal sealed class AnnotateCommand : PictorCommand
{
    private readonly Argument<string[]> _files = new("file") { Description = "Pictures, or folders of them.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _model = ModelChoice.Option("The package; else the one that the library uses, else the starter.");
    private readonly Option<int> _top = new("--top") { Description = "How many of the likeliest classes to list, whatever their probability.", DefaultValueFactory = _ => 5 };
    private readonly LibraryOption _library = new();

    public AnnotateCommand()
        : base("annotate", "Say what is on some pictures; nothing is stored.", "pictor annotate seven.png --model runs/mnist/model.pictor", "pictor annotate holiday/ --json")
    {
        Add(_files);
        Add(_model);
        Add(_top);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        var choice = ModelChoice.Of(parsed.GetValue(_model));
        await using PictureLibrary? library = choice.Named is null ? await OpenLibraryAsync(parsed, cancellationToken) : null;
        using AnnotatorLease? lease = library?.Models.Borrow();
        string? model = choice.Named ?? (lease is null ? choice.First : null);
        using Annotator? own = model is null ? null : Annotator.Load(model);
        Annotator annotator = own ?? lease?.Annotator ?? throw NoModel();

        List<string> files = [.. parsed.GetRequiredValue(_files).SelectMany(Expand)];
        var items = new AnnotatedPicture[files.Count];
        int done = 0;
        int top = parsed.GetValue(_top);
        using (ProgressDisplay progress = output.Progress())
        {
            var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
            await Parallel.ForAsync(0, files.Count, parallel, async (i, cancel) =>
            {
                items[i] = await ReadAsync(annotator, files[i], top, cancel);
                progress.Report(new Progress("Annotating", Interlocked.Increment(ref done), files.Count));
            });
        }

        output.Result(new { items }, () => Text(items));
        return output.Skips([.. items.Where(item => item.Problem is not null).Select(item => new SkippedFile(item.File, item.Problem!))]);
    }

    private static InputException NoModel() => new(
        "--model", "no package was named and the library has none", "Name one with --model FILE, or deploy one with 'pictor models add FILE'.");

    private static async Task<AnnotatedPicture> ReadAsync(Annotator annotator, string file, int top, CancellationToken cancellationToken)
    {
        try
        {
            byte[] bytes = await File.ReadAllBytesAsync(file, cancellationToken);
            return annotator.Describe(bytes, file, top);
        }
        catch (InputException fault)
        {
            return new AnnotatedPicture(file, null, null, null, [], []) { Problem = fault.Message };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new AnnotatedPicture(file, null, null, null, [], []) { Problem = $"{file}: the file cannot be read ({fault.Message})" };
        }
    }

    private static IEnumerable<string> Expand(string path)
    {
        string full = Path.GetFullPath(path);
        if (!Directory.Exists(full)) return [full];
        return Directory.EnumerateFiles(full, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
            .Where(IsPicture)
            .Order(StringComparer.Ordinal);
    }

    private static bool IsPicture(string file)
    {
        Span<byte> start = stackalloc byte[16];
        try
        {
            using FileStream stream = File.OpenRead(file);
            return PictureReader.Sniff(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]) != PictureFormat.Unknown;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return true; // Listed with the reason when its turn comes.
        }
    }

    private static string Text(IReadOnlyList<AnnotatedPicture> items)
    {
        var text = new StringBuilder();
        foreach (AnnotatedPicture item in items)
        {
            if (item.Problem is not null) continue;
            text.AppendLine(CultureInfo.InvariantCulture, $"{item.File}  {item.Width} x {item.Height}");
            if (item.Value is { } value)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    {value:0.####}");
                continue;
            }

            if (item.Annotations.Count == 0) text.AppendLine("  (no class is certain enough for a tag)");
            foreach (ClassPrediction prediction in item.Predictions)
            {
                bool tag = item.Annotations.Any(a => a.LabelId == prediction.LabelId);
                text.AppendLine(CultureInfo.InvariantCulture, $"  {(tag ? '*' : ' ')} {prediction.Probability * 100,6:0.0} %  {prediction.Label}");
            }
        }

        return text.ToString();
    }

    private async Task<PictureLibrary?> OpenLibraryAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        Directory.Exists(_library.Folder(parsed)) ? await _library.OpenToReadAsync(parsed, cancellationToken) : null;
}
