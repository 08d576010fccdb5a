using Pictor.Library.Catalogue;

namespace Pictor.Library.Ownership;

/// <summary>The folder of a library: made where there is none, and refused where it holds something else, for the user's own folders are never written to.</summary>
internal static class LibraryFolder
{
    private static readonly string[] Ours = [CatalogueFile.FileName, "lock", "owner.json", "thumbnails", "index", "originals", "models", "settings.json"];

    internal static void Ready(string folder)
    {
        try
        {
            if (File.Exists(folder))
                throw new InputException(folder, "this is a file; a library is a folder", "Name a folder with --library.") { Code = "library.not-a-folder" };
            Directory.CreateDirectory(folder);
            if (File.Exists(Path.Combine(folder, CatalogueFile.FileName)))
                return;
            string? foreign = Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p)!)
                .FirstOrDefault(name => !Array.Exists(Ours, ours => name.StartsWith(ours, StringComparison.Ordinal)) && name[0] != '.');
            if (foreign is not null)
            {
                throw new InputException(folder, $"this folder is not a library and is not empty (it holds {foreign})", "Name an empty or new folder for the library; your pictures stay where they are.")
                {
                    Code = "library.not-a-library",
                };
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw NotWritable(folder, e);
        }
    }

    internal static LibraryLock Lock(string folder, Owner owner)
    {
        try
        {
            return LibraryLock.Take(folder, owner);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw NotWritable(folder, e);
        }
    }

    private static InputException NotWritable(string folder, Exception e) =>
        new(folder, $"this folder cannot be written: {e.Message}", "Check its rights, or name another with --library.", e) { Code = "library.not-writable" };
}
