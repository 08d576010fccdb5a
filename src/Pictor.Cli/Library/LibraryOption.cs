using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary><c>--library DIR</c>, else PICTOR_LIBRARY, else the settings file, else the user's data folder.</summary>
internal sealed class LibraryOption : Option<string>
{
    public LibraryOption()
        : base("--library")
    {
        Description = "The library's folder (default: the user's data folder).";
        HelpName = "DIR";
    }

    public string Folder(ParseResult parsed) => Path.GetFullPath(Settings.Of("library", parsed.GetValue(this)) ?? PictureLibrary.DefaultFolder);

    /// <summary>Opens for questions; works while a server owns the library.</summary>
    public Task<PictureLibrary> OpenToReadAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        PictureLibrary.OpenAsync(Folder(parsed), new LibraryOptions { ReadOnly = true }, cancellationToken);
}
