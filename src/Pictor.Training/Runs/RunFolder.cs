using System.Text.Json;
using Pictor.Training.Recipes;

namespace Pictor.Training.Runs;

/// <summary>The folder of a run: <c>model.pictor config.json metrics.jsonl curves.svg checkpoints/</c>.</summary>
public sealed class RunFolder
{
    /// <summary>How clearly each training picture was told by its label: <c>file,label,margin,predicted</c>.</summary>
    public const string MarginsName = RunFiles.Margins;

    private readonly List<EpochMetrics> _metrics;

    private RunFolder(string path, RunConfig config)
    {
        Path = path;
        Job = config.ToJob(path);
        _metrics = RunFiles.ReadMetrics(MetricsPath, out bool torn);
        if (torn)
            WriteMetrics();
    }

    /// <summary>Its path, absolute.</summary>
    public string Path { get; }

    /// <summary>The job that config.json holds, without <see cref="TrainingJob.Resume"/>.</summary>
    public TrainingJob Job { get; private set; }

    /// <summary><c>model.pictor</c>.</summary>
    public string ModelPath => System.IO.Path.Combine(Path, RunFiles.Model);

    /// <summary><c>metrics.jsonl</c>.</summary>
    public string MetricsPath => System.IO.Path.Combine(Path, RunFiles.Metrics);

    /// <summary><c>curves.svg</c>.</summary>
    public string CurvesPath => System.IO.Path.Combine(Path, RunFiles.Curves);

    /// <summary><c>checkpoints/</c>. Whatever lies directly in it is the run's and goes with <c>--force</c>.</summary>
    public string CheckpointsPath => System.IO.Path.Combine(Path, RunFiles.Checkpoints);

    /// <summary>Epochs on record.</summary>
    public IReadOnlyList<EpochMetrics> Metrics => _metrics;

    /// <summary>Makes a new run folder, or opens one.</summary>
    /// <param name="path">Created with its parents when absent.</param>
    /// <param name="job">Written to config.json.</param>
    /// <param name="resume">Go on with the run that is there. Only epochs (more), patience, threads and the place of the data may differ from it.</param>
    /// <param name="force">Delete the run that is there, only the files that a run writes; a folder that is no run's stays untouched.</param>
    /// <exception cref="InputException">A run is there and neither <paramref name="resume"/> nor <paramref name="force"/> was said; or nothing to resume;
    /// or the folder holds something else.</exception>
    public static RunFolder Prepare(string path, TrainingJob job, bool resume, bool force)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (resume && force)
            throw new InputException(full, "--resume and --force exclude each other", "Say --resume to go on with the run, or --force to start anew.");
        if (File.Exists(full))
            throw new InputException(full, "it is a file, and a run needs a folder", "Name another folder with --out.");
        job = job with { Data = System.IO.Path.GetFullPath(job.Data), Out = full, Resume = false, Request = resume ? null : job.Request };

        RunConfig? existing = RunConfig.TryRead(full);
        if (existing is { Schema: > RunConfig.CurrentSchema })
        {
            throw new InputException(full, $"the run was made by a newer Pictor (schema {existing.Schema}, this one knows {RunConfig.CurrentSchema})",
                "Update Pictor, or name another folder with --out.");
        }

        if (resume)
        {
            // What was measured when the run began holds for all of it.
            if (job.Recipe.Precision == Precisions.Auto && existing is not null)
                job = job with { Recipe = job.Recipe with { Precision = existing.Recipe!.Precision } };
            RunResume.Check(full, existing, job);
        }
        else if (existing is not null)
        {
            if (!force)
            {
                throw new InputException(full, "a run is there already", "Go on with it by --resume, start anew by --force (deletes that run), or name another folder with --out.")
                { Code = "run.exists" };
            }

            RunFiles.Delete(full);
        }
        else if (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).FirstOrDefault() is { } entry)
        {
            throw new InputException(full, $"the folder is not empty and holds no run (it has '{System.IO.Path.GetFileName(entry)}' and no readable config.json of a run)",
                "Name an empty or new folder with --out; what is not a run's is never deleted, not even with --force.")
            { Code = "run.foreign-folder" };
        }

        try
        {
            Directory.CreateDirectory(System.IO.Path.Combine(full, RunFiles.Checkpoints));
            RunConfig config = RunConfig.Of(job);
            config.Write(full);
            return new RunFolder(full, config);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(full, $"the folder cannot be written ({e.Message})", "Name another folder with --out, or set its rights.", e);
        }
    }

    /// <summary>Opens a folder that <see cref="Prepare"/> has made; for the trainer.</summary>
    /// <exception cref="InputException">It is not a run folder.</exception>
    public static RunFolder Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        RunConfig config = RunConfig.TryRead(full)
            ?? throw new InputException(full, "it is not a run folder: config.json is missing or is not a run's", "Name the folder that 'pictor train --out' was given.");
        return new RunFolder(full, config);
    }

    /// <summary>The job of the run in a folder, so that a resume can start from what the run was started with; null when there is none.</summary>
    public static TrainingJob? JobOf(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        return RunConfig.TryRead(full)?.ToJob(full);
    }

    /// <summary>Adds a line to metrics.jsonl and redraws curves.svg. After a resume, lines from this epoch on are dropped first.</summary>
    public void Append(EpochMetrics metrics)
    {
        int dropped = _metrics.RemoveAll(line => line.Epoch >= metrics.Epoch);
        _metrics.Add(metrics);
        if (dropped > 0)
            WriteMetrics();
        else
            File.AppendAllText(MetricsPath, Line(metrics));
        RunFiles.Replace(CurvesPath, TrainingCurves.Draw(_metrics, Job.Recipe.Epochs));
    }

    /// <summary>Writes down a recipe that was decided after the run began: chosen by itself, or its precision measured.</summary>
    public void Decide(Recipe recipe)
    {
        Job = Job with { Recipe = recipe };
        RunConfig.Of(Job).Write(Path);
    }

    /// <summary>Drops lines after an epoch.</summary>
    public void Rewind(int epoch)
    {
        if (_metrics.RemoveAll(line => line.Epoch > epoch) == 0)
            return;
        WriteMetrics();
        RunFiles.Replace(CurvesPath, TrainingCurves.Draw(_metrics, Job.Recipe.Epochs));
    }

    private void WriteMetrics() => RunFiles.Replace(MetricsPath, string.Concat(_metrics.Select(Line)));

    private static string Line(EpochMetrics metrics) => JsonSerializer.Serialize(metrics, PictorJson.Compact) + "\n";
}
