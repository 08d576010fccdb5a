namespace Pictor.Models.Packages;

/// <summary>
/// The packages that come with Pictor, by name: <c>models/NAME/NAME.pictor</c> beside a published program, else in the clone that the program was built in.
/// </summary>
public static class ShippedPackages
{
    private const string Folder = "models";

    // A clone is told by it, so that no other folder called models above the program is taken for ours.
    private const string CloneMark = "Pictor.slnx";

    /// <summary>Path of a package, or null when this Pictor came without it.</summary>
    /// <param name="name">Such as demo or starter: letters, digits and hyphens.</param>
    public static string? Find(string name) => Find(name, AppContext.BaseDirectory);

    /// <summary>The file that someone means who names a package: a file that is there, else the package of that name that comes with Pictor, else the word as it is.</summary>
    /// <param name="fileOrName">Such as <c>runs/cats/model.pictor</c> or <c>starter</c>.</param>
    public static string PathOf(string fileOrName) => File.Exists(fileOrName) ? fileOrName : Find(fileOrName) ?? fileOrName;

    /// <summary>Names of all packages there are, in order.</summary>
    public static IReadOnlyList<string> Names() => Names(AppContext.BaseDirectory);

    internal static string? Find(string name, string program)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return null;
        return Folders(program).Select(folder => Path.Combine(folder, name, $"{name}.pictor")).FirstOrDefault(File.Exists);
    }

    internal static IReadOnlyList<string> Names(string program) =>
    [
        .. Folders(program).Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories).Select(folder => Path.GetFileName(folder)!)
            .Where(name => Find(name, program) is not null).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Folders(string program)
    {
        yield return Path.Combine(program, Folder);
        for (DirectoryInfo? above = new DirectoryInfo(program).Parent; above is not null; above = above.Parent)
        {
            if (File.Exists(Path.Combine(above.FullName, CloneMark)))
                yield return Path.Combine(above.FullName, Folder);
        }
    }
}
