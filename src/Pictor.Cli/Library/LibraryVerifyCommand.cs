using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary><c>library verify [--repair] [--deep]</c>.</summary>
internal sealed class LibraryVerifyCommand : PictorCommand
{
    private const int Shown = 50;

    private readonly Option<bool> _repair = new("--repair") { Description = "Mend what can be mended. What people said is never touched." };
    private readonly Option<bool> _deep = new("--deep") { Description = "Read every original and package and compare its SHA-256." };
    private readonly LibraryOption _library = new();

    public LibraryVerifyCommand()
        : base("verify", "Check everything that must hold in a library; also while a server owns it.", "pictor library verify", "pictor library verify --deep --repair --library lib/")
    {
        Add(_repair);
        Add(_deep);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        bool deep = parsed.GetValue(_deep);
        VerifyOutcome outcome;
        using (ProgressDisplay progress = output.Progress())
        {
            if (parsed.GetValue(_repair))
            {
                await using ILibraryWriter writer = await LibraryWriter.OpenAsync(_library.Folder(parsed), output, cancellationToken);
                outcome = await writer.RepairAsync(deep, progress, cancellationToken);
            }
            else
            {
                await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
                outcome = await library.VerifyAsync(new VerifyOptions { Deep = deep }, progress, cancellationToken);
            }
        }

        output.Result(outcome, () => Text(outcome, output.Verbose));
        return outcome.Left == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Text(VerifyOutcome outcome, bool all)
    {
        var text = new StringBuilder();
        foreach (LibraryFault fault in outcome.Faults.Take(all ? int.MaxValue : Shown))
            text.AppendLine(CultureInfo.InvariantCulture, $"{(fault.Repaired ? "mended " : "FAULT  ")}{fault.Check}  {fault.Subject}: {fault.Problem} {fault.Remedy}");
        if (!all && outcome.Faults.Count > Shown)
            text.AppendLine(CultureInfo.InvariantCulture, $"... and {outcome.Faults.Count - Shown} more; -v or --json lists them all.");
        text.Append(outcome.Faults.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"Sound: {outcome.Pictures:N0} pictures and {outcome.Originals:N0} originals, {outcome.Checks} checks in {outcome.Seconds:0.0} s.")
            : string.Create(CultureInfo.InvariantCulture, $"{outcome.Faults.Count} faults, {outcome.Faults.Count - outcome.Left} mended, {outcome.Left} left."));
        if (outcome.Left > 0) text.Append(" 'pictor library verify --repair' mends what can be mended.");
        return text.ToString();
    }
}
