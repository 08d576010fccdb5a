using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Terminal;
using Pictor.Library;
using Pictor.Library.Duplicates;

namespace Pictor.Cli.Library;

/// <summary><c>duplicates</c>: looks for pictures that are one or look like it, and lists them in groups.</summary>
internal sealed class DuplicatesCommand : PictorCommand
{
    private readonly Option<string> _tier = new("--tier") { Description = "One tier alone: same-bytes, same-pixels, copy or look-alike.", HelpName = "TIER" };
    private readonly Option<int> _limit = LimitOption.Create();
    private readonly Option<string> _cursor = new("--cursor") { Description = "Go on from an earlier answer." };
    private readonly LibraryOption _library = new();

    public DuplicatesCommand()
        : base("duplicates", "Pictures that are the same one, or look like it, in groups; nothing is deleted.", "pictor duplicates", "pictor duplicates --tier copy --library lib/ --json")
    {
        Add(_tier);
        Add(_limit);
        Add(_cursor);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        DuplicateTier? tier = DuplicateTiers.Parse(parsed.GetValue(_tier));
        Page<DuplicateGroup> page;
        using (ProgressDisplay progress = output.Progress())
        {
            await using ILibraryWriter writer = await LibraryWriter.OpenAsync(_library.Folder(parsed), output, cancellationToken);
            page = await writer.DuplicatesAsync(tier, parsed.GetValue(_limit), parsed.GetValue(_cursor), progress, cancellationToken);
        }

        output.Result(new { page.Items, page.Total, page.NextCursor }, () => Text(page));
        return ExitCode.Done;
    }

    private static string Text(Page<DuplicateGroup> page)
    {
        var text = new StringBuilder();
        foreach (DuplicateGroup group in page.Items)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{DuplicateTiers.NameOf(group.Tier)}");
            foreach (DuplicateItem item in group.Items)
            {
                string reasons = item.Reasons.Count > 0 ? $"  ({string.Join("; ", item.Reasons)})" : "";
                text.AppendLine(CultureInfo.InvariantCulture, $"  {(item.Best ? "keep" : "    ")}  {item.Similarity,5:0.000}  {item.Id}  {item.File}{reasons}");
            }
        }

        if (page.Items.Count == 0) text.AppendLine("No duplicates found.");
        if (page.NextCursor is not null) text.AppendLine(CultureInfo.InvariantCulture, $"{page.Total} groups in all; more with --cursor {page.NextCursor}");
        return text.ToString();
    }
}
