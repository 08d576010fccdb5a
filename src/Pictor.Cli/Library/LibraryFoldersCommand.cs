using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary><c>library folders [--forget FOLDER]</c>.</summary>
internal sealed class LibraryFoldersCommand : PictorCommand
{
    private readonly Option<string> _forget = new("--forget") { Description = "No longer look after this folder, and forget what is excluded there. Its pictures stay.", HelpName = "FOLDER" };
    private readonly LibraryOption _library = new();

    public LibraryFoldersCommand()
        : base("folders", "The folders that were indexed: which are watched, and what is passed over there.", "pictor library folders", "pictor library folders --forget ~/Pictures/old")
    {
        Add(_forget);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_forget) is { } path)
        {
            await using ILibraryWriter writer = await LibraryWriter.OpenAsync(_library.Folder(parsed), output, cancellationToken);
            if (!await writer.ForgetFolderAsync(Path.GetFullPath(path), cancellationToken))
                throw new InputException(path, "this folder was never indexed", "'pictor library folders' lists those that were.") { Code = "folder.unknown" };
        }

        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        IReadOnlyList<FolderItem> items = library.Folders();
        output.Result(new { items }, () => items.Count == 0 ? "No folder was indexed yet: pictor index FOLDER." : string.Join('\n', items.Select(Describe)));
        return ExitCode.Done;
    }

    internal static string Describe(FolderItem folder) =>
        $"{folder.Path}{(folder.Watched ? ", watched" : "")}{(folder.There ? "" : ", not there now")}{(folder.Exclude.Count > 0 ? $", without {string.Join(' ', folder.Exclude)}" : "")}";
}
