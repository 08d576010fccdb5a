using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Imaging;

namespace Pictor.Cli.Correcting;

/// <summary><c>enhance FILE... --out DIR</c>: better-looking copies; the files stay as they are.</summary>
internal sealed class EnhanceCommand : PictorCommand
{
    private readonly Argument<string[]> _files = new("file") { Description = "Pictures.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The folder for the copies; made where there is none.", Required = true, HelpName = "DIR" };
    private readonly Option<string> _how = new("--do") { Description = "auto, or some of levels,whitebalance,sharpen.", HelpName = "WORDS" };
    private readonly Option<string> _crop = new("--crop") { Description = "x,y,width,height as fractions of the upright picture.", HelpName = "BOX" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace copies that are there." };

    public EnhanceCommand()
        : base("enhance", "Write copies with levels, white balance and sharpness put right, or cut.", "pictor enhance dark.jpg --out better/", "pictor enhance *.jpg --do levels,sharpen --crop 0.1,0.1,0.8,0.8 --out better/")
    {
        Add(_files);
        Add(_out);
        Add(_how);
        Add(_crop);
        Add(_force);
    }

    private sealed record Enhanced(string File, string? Copy, string? Problem);

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        string? crop = parsed.GetValue(_crop);
        var enhancement = Enhancement.Parse(parsed.GetValue(_how) ?? (crop is null ? "auto" : null), crop);
        string folder = Path.GetFullPath(parsed.GetRequiredValue(_out));
        string[] files = [.. parsed.GetRequiredValue(_files).Select(Path.GetFullPath)];
        var items = new Enhanced[files.Length];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string[] copies = [.. files.Select(file => Free(Path.Combine(folder, Path.GetFileNameWithoutExtension(file)), taken))];
        Directory.CreateDirectory(folder);
        int done = 0;
        using (ProgressDisplay progress = output.Progress())
        {
            // Each picture is whole in memory several times over: two at once keep both cores busy and 12 megapixels each below half a gigabyte.
            var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Math.Min(2, Environment.ProcessorCount) };
            await Parallel.ForAsync(0, files.Length, parallel, async (i, cancel) =>
            {
                items[i] = await EnhanceAsync(files[i], copies[i], enhancement, parsed.GetValue(_force), cancel);
                progress.Report(new Progress("Enhancing", Interlocked.Increment(ref done), files.Length));
            });
        }

        output.Result(new { items }, () => string.Join('\n', items.Where(i => i.Copy is not null).Select(i => i.Copy)));
        return output.Skips([.. items.Where(i => i.Problem is not null).Select(i => new SkippedFile(i.File, i.Problem!))]);
    }

    private static async Task<Enhanced> EnhanceAsync(string file, string copy, Enhancement enhancement, bool force, CancellationToken cancellationToken)
    {
        try
        {
            if (!force && File.Exists(copy))
                return new Enhanced(file, null, $"{copy} is there already; pass --force to replace it.");
            if (string.Equals(file, copy, StringComparison.Ordinal))
                return new Enhanced(file, null, "The copy would replace the file itself; name another folder.");
            byte[] bytes = enhancement.ApplyToFile(await File.ReadAllBytesAsync(file, cancellationToken), file);
            await File.WriteAllBytesAsync(copy, bytes, cancellationToken);
            return new Enhanced(file, copy, null);
        }
        catch (InputException fault)
        {
            return new Enhanced(file, null, fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Enhanced(file, null, $"The file cannot be read or written ({fault.Message}).");
        }
    }

    private static string Free(string stem, HashSet<string> taken)
    {
        string free = stem;
        for (int i = 2; !taken.Add(free); i++)
            free = $"{stem}-{i}";
        return free + ".jpg";
    }
}
