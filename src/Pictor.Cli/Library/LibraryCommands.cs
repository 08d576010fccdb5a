using Pictor.Cli.Correcting;
using Pictor.Cli.Terminal;

namespace Pictor.Cli.Library;

/// <summary>The noun <c>library</c>: one verb a line.</summary>
internal static class LibraryCommands
{
    public static Group Noun() => new(
        "library",
        "The library itself: what is in it, whether it is sound, saving and restoring it.",
        Verbs);

    private static PictorCommand[] Verbs =>
    [
        new LibraryInfoCommand(),
        new LibraryVerifyCommand(),
        new LibraryBackupCommand(),
        new LibraryRestoreCommand(),
        new LibraryFoldersCommand(),
        new LibraryWriteXmpCommand(),
        new LibraryExportCommand(),
    ];
}
