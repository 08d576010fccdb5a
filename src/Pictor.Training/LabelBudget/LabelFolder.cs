using Pictor.Training.Runs;

namespace Pictor.Training.LabelBudget;

/// <summary>The folder of a curve: <c>label-budget.json .svg .html, model.pictor, points/N/</c>.</summary>
internal static class LabelFolder
{
    /// <returns>The points to go on with; null when the curve begins.</returns>
    public static LabelCurve? Prepare(LabelBudgetJob job)
    {
        string full = Path.GetFullPath(job.Out);
        if (job is { Resume: true, Force: true })
            throw new InputException(full, "--resume and --force exclude each other", "Say --resume to go on with the curve, or --force to start anew.");
        if (File.Exists(full))
            throw new InputException(full, "it is a file, and a curve needs a folder", "Name another folder with --out.");
        LabelCurve? curve = LabelCurve.TryRead(full);
        if (curve is null && job.Resume)
            throw new InputException(full, "there is no curve to resume", "Leave out --resume to start one there, or name its folder with --out.") { Code = "run.nothing-to-resume" };
        if (curve is not null && !job.Resume)
        {
            if (!job.Force)
            {
                throw new InputException(full, "a curve is there already", "Go on with it by --resume, start anew by --force (deletes it and its runs), or name another folder with --out.")
                { Code = "run.exists" };
            }

            Delete(full, curve);
            curve = null;
        }
        else if (curve is null && Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).FirstOrDefault() is { } entry)
        {
            throw new InputException(full, $"the folder is not empty and holds no curve (it has '{Path.GetFileName(entry)}' and no {LabelCurve.FileName})", "Name an empty or new folder with --out.")
            { Code = "run.foreign-folder" };
        }

        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(full, $"the folder cannot be written ({e.Message})", "Name another folder with --out, or set its rights.", e);
        }

        return curve;
    }

    // Only what a curve and its runs write.
    private static void Delete(string full, LabelCurve curve)
    {
        string points = Path.Combine(full, LabelCurve.PointsName);
        foreach (string folder in curve.Points.Where(p => p.Folder is not null).Select(p => Path.GetFullPath(Path.Combine(full, p.Folder!))).Where(f => f.StartsWith(points, StringComparison.Ordinal)))
        {
            if (RunConfig.TryRead(folder) is null)
                continue;
            RunFiles.Delete(folder);
            DeleteIfEmpty(Path.Combine(folder, RunFiles.Checkpoints));
            DeleteIfEmpty(folder);
        }

        DeleteIfEmpty(points);
        foreach (string name in (string[])[LabelCurve.PageName, LabelCurve.PictureName, RunFiles.Model, LabelCurve.FileName])
            File.Delete(Path.Combine(full, name));
    }

    private static void DeleteIfEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }
}
