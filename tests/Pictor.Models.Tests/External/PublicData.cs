namespace Pictor.Models.Tests.External;

/// <summary>Where public models lie, when they are there.</summary>
internal static class PublicData
{
    public const string Absent = "The public models are not here; set PICTOR_DATA to their folder.";

    public static string Folder { get; } = Environment.GetEnvironmentVariable("PICTOR_DATA") is { Length: > 0 } set ? set : Path.GetFullPath(Path.Combine(Root(), "..", "shared", "data"));

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Pictor.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Pictor.slnx is not above the tests.");
    }
}
