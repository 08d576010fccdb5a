using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Training.Tuning;

/// <summary>The folder of a search: <c>tune.json tune.html best.json model.pictor trials/NNN/</c>.</summary>
internal sealed class TuneFolder
{
    private string? _published;

    private TuneFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Opens or makes it.</summary>
    /// <returns>The record to go on with; null when the search begins.</returns>
    /// <exception cref="InputException">A search is there and neither resume nor force was said, nothing to resume, or the folder holds something else.</exception>
    public static (TuneFolder Folder, TuneRecord? Record) Prepare(TuningJob job)
    {
        string full = System.IO.Path.GetFullPath(job.Out);
        if (job is { Resume: true, Force: true })
            throw new InputException(full, "--resume and --force exclude each other", "Say --resume to go on with the search, or --force to start anew.");
        if (File.Exists(full))
            throw new InputException(full, "it is a file, and a search needs a folder", "Name another folder with --out.");
        TuneRecord? record = TuneRecord.TryRead(full);
        if (record is null && job.Resume)
            throw new InputException(full, "there is no search to resume", "Leave out --resume to start one there, or name its folder with --out.") { Code = "tune.nothing-to-resume" };
        if (record is not null && !job.Resume)
        {
            if (!job.Force)
            {
                throw new InputException(full, "a search is there already", "Go on with it by --resume, start anew by --force (deletes that search and its runs), or name another folder with --out.")
                { Code = "tune.exists" };
            }

            Delete(full, record);
            record = null;
        }
        else if (record is null && Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).FirstOrDefault() is { } entry)
        {
            throw new InputException(full, $"the folder is not empty and holds no search (it has '{System.IO.Path.GetFileName(entry)}' and no {TuneRecord.FileName})", "Name an empty or new folder with --out.")
            { Code = "run.foreign-folder" };
        }

        try
        {
            Directory.CreateDirectory(System.IO.Path.Combine(full, TuneRecord.TrialsName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(full, $"the folder cannot be written ({e.Message})", "Name another folder with --out, or set its rights.", e);
        }

        return (new TuneFolder(full), record);
    }

    /// <summary>Where the run of a trial lies, relative to the search.</summary>
    public static string RunOf(int trial, int epochs, bool first) => first
        ? string.Create(CultureInfo.InvariantCulture, $"{TuneRecord.TrialsName}/{trial:000}")
        : string.Create(CultureInfo.InvariantCulture, $"{TuneRecord.TrialsName}/{trial:000}-{epochs}-epochs");

    public string Absolute(string relative) => System.IO.Path.Combine(Path, relative);

    /// <summary>Prepares the run folder of a trial: goes on from its checkpoint where a killed search has left one, else starts it anew.</summary>
    public static TrainingJob PrepareRun(TrainingJob job)
    {
        if (RunFolder.JobOf(job.Out) is { } left && Directory.Exists(System.IO.Path.Combine(job.Out, RunFiles.Checkpoints))
            && Directory.EnumerateFiles(System.IO.Path.Combine(job.Out, RunFiles.Checkpoints)).Any(file => !file.EndsWith(".tmp", StringComparison.Ordinal)))
        {
            job = job with { Recipe = left.Recipe, Resume = true, Request = null };
            RunFolder.Prepare(job.Out, job, resume: true, force: false);
            return job;
        }

        RunFolder.Prepare(job.Out, job, resume: false, force: Directory.Exists(job.Out));
        return job;
    }

    /// <summary>Writes all that people and programs read, after each run: a search may be looked at, or killed, at any time.</summary>
    public void Publish(TuneRecord record)
    {
        if (record.Best is { } best && best.Folder != _published)
        {
            string run = Absolute(best.Folder);
            if (RunFolder.JobOf(run) is { } job)
                RunFiles.Replace(best.Recipe, RecipeOf(job.Recipe, best).ToJsonString(PictorJson.Indented) + "\n");
            string model = System.IO.Path.Combine(run, RunFiles.Model);
            if (File.Exists(model))
            {
                File.Copy(model, best.Model + ".tmp", overwrite: true);
                File.Move(best.Model + ".tmp", best.Model, overwrite: true);
            }

            _published = best.Folder;
        }

        record.Write(Path);
        RunFiles.Replace(Absolute(TuneRecord.PageName), TunePage.Html(record));
    }

    /// <summary>Takes back a search that came to nothing.</summary>
    public void Discard(TuneRecord record)
    {
        Delete(Path, record);
        if (!Directory.EnumerateFileSystemEntries(Path).Any())
            Directory.Delete(Path);
    }

    private static JsonObject RecipeOf(Recipe recipe, TuneBest best)
    {
        JsonObject fields = JsonSerializer.SerializeToNode(recipe, PictorJson.Compact)!.AsObject();
        fields["expect"] = new JsonObject { ["valAccuracy"] = best.ValAccuracy, ["valLoss"] = best.ValLoss };
        return fields;
    }

    // Only what a search and its runs write; a folder with anything else in it stays.
    private static void Delete(string full, TuneRecord record)
    {
        foreach (TrialRun run in record.Trials)
        {
            string folder = System.IO.Path.GetFullPath(System.IO.Path.Combine(full, run.Folder));
            if (!folder.StartsWith(System.IO.Path.Combine(full, TuneRecord.TrialsName), StringComparison.Ordinal) || RunConfig.TryRead(folder) is null)
                continue;
            RunFiles.Delete(folder);
            DeleteIfEmpty(System.IO.Path.Combine(folder, RunFiles.Checkpoints));
            DeleteIfEmpty(folder);
        }

        DeleteIfEmpty(System.IO.Path.Combine(full, TuneRecord.TrialsName));
        foreach (string name in (string[])[TuneRecord.PageName, TuneRecord.BestName, RunFiles.Model, TuneRecord.FileName])
            File.Delete(System.IO.Path.Combine(full, name));
    }

    private static void DeleteIfEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }
}
