using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Pictor.Cli.Library;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Correcting;

/// <summary><c>undo</c>.</summary>
internal sealed class UndoCommand : ChangeCommand
{
    private readonly Argument<long> _change = new("change") { Description = "The change's id, from 'pictor history' or from the answer of the change itself." };

    public UndoCommand()
        : base("undo", "Take a change back, however many pictures it was; what was said later stays.", "pictor undo 42", "pictor undo 42 --library lib/") => Add(_change);

    protected override Task<ChangeReceipt> ChangeAsync(ILibraryWriter writer, ParseResult parsed, string person, CancellationToken cancellationToken)
    {
        long change = parsed.GetValue(_change);
        return writer.DoAsync(library => library.UndoAsync(change, person, cancellationToken), HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"undo/{change}"), null, cancellationToken);
    }
}

/// <summary><c>history</c>.</summary>
internal sealed class HistoryCommand : PictorCommand
{
    private readonly Option<string> _picture = new("--picture") { Description = "Only what touched this picture.", HelpName = "ID" };
    private readonly Option<string> _by = new("--by") { Description = "Only what this person did.", HelpName = "NAME" };
    private readonly Option<int> _limit = LimitOption.Create();
    private readonly Option<string> _cursor = new("--cursor") { Description = "Go on from an earlier answer." };
    private readonly LibraryOption _library = new();

    public HistoryCommand()
        : base("history", "What people changed: who, when, what; the newest first.", "pictor history", "pictor history --picture 0123456789abcdef --json")
    {
        Add(_picture);
        Add(_by);
        Add(_limit);
        Add(_cursor);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        Page<ChangeItem> page = library.Changes(parsed.GetValue(_limit), parsed.GetValue(_cursor), new ChangeFilter(parsed.GetValue(_by), parsed.GetValue(_picture)));
        output.Result(page, () => Text(page));
        return ExitCode.Done;
    }

    /// <summary>Only what the change says: "add [\"pet\"]".</summary>
    private static string Detail(JsonElement detail) => detail.ValueKind == JsonValueKind.Object
        ? string.Join("; ", detail.EnumerateObject().Where(part => part.Value.ValueKind != JsonValueKind.Null).Select(part => $"{part.Name} {Detail(part.Value)}"))
        : detail.GetRawText();

    private static string Text(Page<ChangeItem> page)
    {
        var text = new StringBuilder();
        foreach (ChangeItem item in page.Items)
        {
            string undone = item.UndoneBy is { } by ? string.Create(CultureInfo.InvariantCulture, $"  (undone by {by})") : item.CanUndo ? "" : "  (too old to undo)";
            text.AppendLine(CultureInfo.InvariantCulture, $"{item.Id,6}  {item.Time.ToLocalTime():yyyy-MM-dd HH:mm}  {item.Person}  {item.Action}  {item.PictureId ?? $"{item.Pictures} pictures"}  {Detail(item.Detail)}{undone}");
        }

        if (page.Items.Count == 0) text.AppendLine("Nothing was changed by people yet.");
        if (page.NextCursor is not null) text.AppendLine(CultureInfo.InvariantCulture, $"More with --cursor {page.NextCursor}");
        return text.ToString();
    }
}
