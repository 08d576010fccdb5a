using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary><c>library write-xmp</c>: tags, captions and stars into XMP files beside the pictures; without <c>--apply</c> it only says what it would write.</summary>
internal sealed class LibraryWriteXmpCommand : PictorCommand
{
    private readonly Argument<string[]> _paths = new("path") { Description = "Only for the pictures in these folders, or these files; else for all of the library.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _apply = new("--apply") { Description = "Write. Without it nothing is written, and you see what would be." };
    private readonly Option<bool> _models = new("--models") { Description = "Write the model's tags too. They are marked, so that Pictor never takes them for a person's." };
    private readonly Option<bool> _times = new("--preserve-times") { Description = "Sidecars that are changed keep their modification time; new ones take their picture's." };
    private readonly LibraryOption _library = new();

    public LibraryWriteXmpCommand()
        : base(
            "write-xmp", "Write what was said of the pictures into XMP files beside them (a dry run unless --apply). The pictures' own files are never touched.",
            "pictor library write-xmp", "pictor library write-xmp ~/Pictures/2024 --apply --preserve-times")
    {
        Add(_paths);
        Add(_apply);
        Add(_models);
        Add(_times);
        Add(_library);
    }

    protected override string HowToResume(ParseResult parsed) => "Stopped. Sidecars that were written are whole: the same command goes on with the others.";

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        var options = new SidecarOptions
        {
            Apply = parsed.GetValue(_apply),
            Models = parsed.GetValue(_models),
            PreserveTimes = parsed.GetValue(_times),
            Paths = [.. (parsed.GetValue(_paths) ?? []).Select(Existing)],
        };
        SidecarOutcome outcome;
        using (ProgressDisplay progress = output.Progress())
            outcome = options.Apply ? await ApplyAsync(parsed, output, options, progress, cancellationToken) : await LookAsync(parsed, options, progress, cancellationToken);
        output.Result(outcome, () => Text(outcome));
        return output.Skips(outcome.Skipped);
    }

    private async Task<SidecarOutcome> LookAsync(ParseResult parsed, SidecarOptions options, ProgressDisplay progress, CancellationToken cancellationToken)
    {
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        return await library.WriteSidecarsAsync(options, progress, cancellationToken);
    }

    private async Task<SidecarOutcome> ApplyAsync(ParseResult parsed, CommandOutput output, SidecarOptions options, ProgressDisplay progress, CancellationToken cancellationToken)
    {
        // A library that does not exist is an error here, not made.
        await (await _library.OpenToReadAsync(parsed, cancellationToken)).DisposeAsync();
        await using ILibraryWriter writer = await LibraryWriter.OpenAsync(_library.Folder(parsed), output, cancellationToken);
        return await writer.WriteSidecarsAsync(options, progress, cancellationToken);
    }

    private static string Existing(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.Exists(full) ? full : throw new InputException(full, "there is no such folder or file", "Check the path.");
    }

    private static string Text(SidecarOutcome outcome)
    {
        var text = new StringBuilder();
        foreach (SidecarItem item in outcome.Items)
        {
            text.AppendLine(item.File + (item.New ? "  (new)" : ""));
            if (item.Add.Count > 0) text.AppendLine(CultureInfo.InvariantCulture, $"  + {string.Join(", ", item.Add)}");
            if (item.Remove.Count > 0) text.AppendLine(CultureInfo.InvariantCulture, $"  - {string.Join(", ", item.Remove)}");
            if (item.Description is { } description) text.AppendLine(CultureInfo.InvariantCulture, $"  description: {description}");
            if (item.Rating is { } rating) text.AppendLine(CultureInfo.InvariantCulture, $"  rating: {rating}");
        }

        int made = outcome.Items.Count(item => item.New), changed = outcome.Items.Count - made;
        text.AppendLine(CultureInfo.InvariantCulture, $"{made} {(outcome.Applied ? "written anew" : "would be written anew")}, {changed} {(outcome.Applied ? "changed" : "would be changed")}, {outcome.Unchanged} need nothing.");
        if (outcome.ModelOnly > 0) text.AppendLine(CultureInfo.InvariantCulture, $"Of {outcome.ModelOnly} only the model has said something: --models writes its tags too.");
        if (!outcome.Applied && outcome.Items.Count > 0) text.AppendLine("Nothing was written. With --apply it is.");
        return text.ToString();
    }
}
