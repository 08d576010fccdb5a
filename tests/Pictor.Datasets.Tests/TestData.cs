namespace Pictor.Datasets.Tests;

/// <summary>Where the real data lie, when they are there.</summary>
internal static class TestData
{
    public const string Absent = "The real data are not here; set PICTOR_DATA to their folder.";

    public static string Folder { get; } = Environment.GetEnvironmentVariable("PICTOR_DATA") is { Length: > 0 } set ? set : Path.GetFullPath(Path.Combine(Root(), "..", "shared", "data"));

    public static string? Find(string name)
    {
        string path = Path.Combine(Folder, name);
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Pictor.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Pictor.slnx is not above the tests.");
    }
}
