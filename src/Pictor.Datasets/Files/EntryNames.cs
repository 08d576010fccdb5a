namespace Pictor.Datasets.Files;

/// <summary>What systems leave lying about, and how the names inside archives become relative paths.</summary>
internal static class EntryNames
{
    /// <summary>Hidden files and what macOS, Windows and NAS boxes add of their own accord.</summary>
    public static bool IsClutter(string segment) =>
        segment.StartsWith('.')
        || segment.Equals("__MACOSX", StringComparison.OrdinalIgnoreCase)
        || segment.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase)
        || segment.Equals("desktop.ini", StringComparison.OrdinalIgnoreCase)
        || segment.Equals("@eaDir", StringComparison.OrdinalIgnoreCase)
        || segment.Equals("$RECYCLE.BIN", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name as a relative path; null for a folder, for clutter, and for a name that climbs out of the archive.</summary>
    public static string? Normalise(string name, out bool climbs)
    {
        climbs = false;
        string path = name.Replace('\\', '/');
        if (path.EndsWith('/'))
            return null;

        var segments = new List<string>();
        foreach (string segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment is ".")
                continue;
            if (segment is "..")
            {
                climbs = true;
                return null;
            }

            if (IsClutter(segment))
                return null;
            segments.Add(segment);
        }

        return segments.Count == 0 ? null : string.Join('/', segments);
    }
}
