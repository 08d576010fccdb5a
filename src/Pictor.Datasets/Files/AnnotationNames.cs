namespace Pictor.Datasets.Files;

/// <summary>Names of files that say something about pictures.</summary>
internal static class AnnotationNames
{
    private static readonly string[] s_endings = [".csv", ".tsv", ".json", ".xml", ".txt", ".yaml", ".yml", ".names", ".bin"];

    /// <summary>True for what must be kept whole when an archive can be read only once.</summary>
    public static bool Matters(string path) => s_endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
