namespace Pictor.Datasets.Converting;

/// <summary>A folder that appears whole or not at all: written under another name beside its place, then renamed.</summary>
internal sealed class TargetFolder : IDisposable
{
    private readonly string _target;
    private readonly string _named;

    public TargetFolder(string target, string named)
    {
        (_target, _named) = (target, named);
        Temporary = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            if (Directory.Exists(Temporary))
                Directory.Delete(Temporary, recursive: true);
            Directory.CreateDirectory(Temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    public string Temporary { get; }

    /// <exception cref="InputException">The target exists, or one of source and target lies inside the other.</exception>
    public static void Check(Dataset data, string target, string named, bool force)
    {
        foreach (string source in new[] { data.Path, data.BasePath }.Distinct(StringComparer.Ordinal))
        {
            if (Within(target, source) || Within(source, target))
                throw new InputException(named, $"The target would lie inside the source or replace it ({source})", "Name a place outside of it.");
        }

        if (data.Samples.FirstOrDefault(s => Within(s.File, target)) is { } inside)
            throw new InputException(named, $"A picture of the source lies inside the target ({inside.File})", "Name another place.");
        if (!force && (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())))
            throw new InputException(named, "The target exists already", "Name another one, or pass --force to replace it.") { Code = "data.exists" };
    }

    /// <summary>Puts the folder into its place.</summary>
    public void Commit()
    {
        string old = $"{_target}.{Environment.ProcessId}.old";
        try
        {
            bool replaced = Directory.Exists(_target);
            if (replaced)
                Directory.Move(_target, old);
            else if (File.Exists(_target))
                File.Delete(_target);
            Directory.Move(Temporary, _target);
            if (replaced)
                Directory.Delete(old, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(old) && !Directory.Exists(_target))
                Directory.Move(old, _target);
            throw Unwritable(e);
        }
    }

    public void Dispose()
    {
        try
        {
            if (Directory.Exists(Temporary))
                Directory.Delete(Temporary, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be taken away is no reason to hide what went wrong before.
        }
    }

    private static bool Within(string path, string folder) =>
        string.Equals(path, folder, StringComparison.Ordinal) || path.StartsWith(folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private InputException Unwritable(Exception e) => new(_named, $"It cannot be written ({e.Message})", "Name a folder that you may write to.", e);
}
