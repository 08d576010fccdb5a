using System.Xml.Linq;

namespace Pictor.Architecture.Tests;

/// <summary>The rooms as their project files stand in the repository.</summary>
internal static class House
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyDictionary<string, XDocument> Projects { get; } = Directory
        .EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), XDocument.Load, StringComparer.Ordinal);

    public static IEnumerable<string> RoomsUsedBy(string room) => Projects[room].Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));

    public static IEnumerable<string> PackagesOf(string room) => Projects[room].Descendants("PackageReference")
        .Select(reference => (string)reference.Attribute("Include")!);

    public static IEnumerable<string> SourceFiles(params string[] folders) => folders
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Pictor.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Pictor.slnx is in no folder above the tests.");
    }
}
