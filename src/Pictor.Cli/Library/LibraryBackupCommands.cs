using System.CommandLine;
using System.Globalization;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary><c>library backup TARGET</c>.</summary>
internal sealed class LibraryBackupCommand : PictorCommand
{
    private readonly Argument<string> _target = new("target") { Description = "A file NAME.zip, or a folder: there a later backup writes only what is new." };
    private readonly LibraryOption _library = new();

    public LibraryBackupCommand()
        : base("backup", "Save a library, also while a server owns it: catalogue, originals, models.", "pictor library backup /media/disk/pictor", "pictor library backup pictor-may.zip --library lib/")
    {
        Add(_target);
        Add(_library);
    }

    protected override string HowToResume(ParseResult parsed) => "Stopped; this backup is not complete. Run the same command again: a folder goes on from there.";

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        BackupOutcome outcome;
        using (ProgressDisplay progress = output.Progress())
        {
            await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
            outcome = await library.BackupAsync(parsed.GetRequiredValue(_target), progress, cancellationToken);
        }

        output.Result(outcome, () => string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Target}: {outcome.Pictures:N0} pictures, {outcome.Originals:N0} originals ({outcome.Copied:N0} new), {outcome.Models} models; {LibraryInfoCommand.Size(outcome.Bytes)} written in {outcome.Seconds:0.0} s.\nPictures in your own folders are not part of it."));
        return output.Skips(outcome.Skipped);
    }
}

/// <summary><c>library restore BACKUP</c>.</summary>
internal sealed class LibraryRestoreCommand : PictorCommand
{
    private readonly Argument<string> _backup = new("backup") { Description = "The file or folder that 'library backup' made." };
    private readonly LibraryOption _library = new();

    public LibraryRestoreCommand()
        : base("restore", "Make a library of a backup, in a folder that is empty or not there.", "pictor library restore /media/disk/pictor", "pictor library restore pictor-may.zip --library lib/")
    {
        Add(_backup);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        RestoreOutcome outcome;
        using (ProgressDisplay progress = output.Progress())
            outcome = await PictureLibrary.RestoreAsync(parsed.GetRequiredValue(_backup), _library.Folder(parsed), progress, cancellationToken);
        output.Result(outcome, () => string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Library}: {outcome.Pictures:N0} pictures, {outcome.Originals:N0} originals, {outcome.Models} models, as of {outcome.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm}; every file was checked."));
        return ExitCode.Done;
    }
}
