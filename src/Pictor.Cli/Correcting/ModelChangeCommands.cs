using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Library;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Correcting;

/// <summary><c>models prepare</c>.</summary>
internal sealed class ModelsPrepareCommand : PictorCommand
{
    private readonly Argument<string> _model = new("model") { Description = "NAME, or NAME@VERSION." };
    private readonly Option<bool> _use = new("--use") { Description = "Make it the active one when it has read everything." };
    private readonly LibraryOption _library = new();

    public ModelsPrepareCommand()
        : base("prepare", "Let a deployed package read all pictures without switching to it, to compare first.", "pictor models prepare mine", "pictor models prepare mine@2.0.0 --use --library lib/")
    {
        Add(_model);
        Add(_use);
        Add(_library);
    }

    protected override string HowToResume(ParseResult parsed) => "Stopped. What was read is kept: the same command goes on from there.";

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        string model = parsed.GetRequiredValue(_model);
        await using ILibraryWriter writer = await LibraryWriter.OpenAsync(_library.Folder(parsed), output, cancellationToken);
        using (ProgressDisplay progress = output.Progress())
            await writer.PrepareModelAsync(model, parsed.GetValue(_use), progress, cancellationToken);
        IReadOnlyList<ModelItem> items = await writer.ModelsAsync(cancellationToken);
        output.Result(new { items }, () => ModelsListCommand.Text(items));
        if (!parsed.GetValue(_use))
            output.Say($"See what would change: pictor models diff {model}");
        return ExitCode.Done;
    }
}

/// <summary><c>models diff</c>.</summary>
internal sealed class ModelsDiffCommand : PictorCommand
{
    private readonly Argument<string> _model = new("model") { Description = "NAME, or NAME@VERSION, to compare with the active one." };
    private readonly Option<int> _limit = LimitOption.Create();
    private readonly Option<string> _cursor = new("--cursor") { Description = "Go on from an earlier answer." };
    private readonly LibraryOption _library = new();

    public ModelsDiffCommand()
        : base("diff", "What would change with another model: tags added, removed, moved. What people said stays.", "pictor models diff mine", "pictor models diff mine@2.0.0 --limit 100 --json")
    {
        Add(_model);
        Add(_limit);
        Add(_cursor);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        ModelChanges changes = library.CompareModels(parsed.GetRequiredValue(_model), parsed.GetValue(_limit), parsed.GetValue(_cursor));
        output.Result(changes, () => Text(changes));
        return ExitCode.Done;
    }

    private static string Text(ModelChanges changes)
    {
        const int TagsShown = 20;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{changes.From} -> {changes.To}: {changes.Total} of {changes.Compared} pictures change");
        if (changes.Unread > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"{changes.Unread} pictures were not read yet: pictor models prepare {changes.To}");
        foreach (TagChangeCount tag in changes.Tags.Take(TagsShown))
            text.AppendLine(CultureInfo.InvariantCulture, $"  +{tag.Added,-5} -{tag.Removed,-5} ~{tag.Moved,-5} {tag.Value}");
        foreach (PictureTagChanges item in changes.Items)
        {
            IEnumerable<string> parts =
            [
                .. item.Added.Select(c => string.Create(CultureInfo.InvariantCulture, $"+{c.Value} {c.After:0.00}")), .. item.Removed.Select(c => string.Create(CultureInfo.InvariantCulture, $"-{c.Value} {c.Before:0.00}")),
                .. item.Moved.Select(c => string.Create(CultureInfo.InvariantCulture, $"~{c.Value} {c.Before:0.00} -> {c.After:0.00}")),
            ];
            text.AppendLine(CultureInfo.InvariantCulture, $"{item.Id}  {string.Join(", ", parts)}  ({item.File})");
        }

        if (changes.NextCursor is not null) text.AppendLine(CultureInfo.InvariantCulture, $"More with --cursor {changes.NextCursor}");
        return text.ToString();
    }
}
