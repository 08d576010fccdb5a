using System.Text.Json;
using System.Text.Json.Nodes;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Training.Tuning;

/// <summary><c>tune.json</c>: everything about a search, written anew after each trial, so that whoever reads it or goes on with it needs nothing else.</summary>
public sealed record TuneRecord
{
    internal const int CurrentSchema = 1;
    internal const string FileName = "tune.json", PageName = "tune.html", BestName = "best.json", TrialsName = "trials";

    /// <summary>Version of this file's shape.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Name of the packages.</summary>
    public string Name { get; init; } = "";

    /// <summary>The data set, absolute.</summary>
    public string Data { get; init; } = "";

    /// <summary>How trials are given their epochs.</summary>
    public TuningMethod Method { get; init; }

    /// <summary><c>valAccuracy</c> (equal ones by loss) or <c>valLoss</c>; null until the first trial has ended.</summary>
    public string? By { get; init; }

    /// <summary>Seed of the trials' settings, and of the recipe.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Trials planned beside the defaults; null until the first trial has told what they cost.</summary>
    public int? Planned { get; init; }

    /// <summary>Lengths of the rungs in epochs; empty until known.</summary>
    public IReadOnlyList<int> Rungs { get; init; } = [];

    /// <summary>Seconds for all of it; null: no limit.</summary>
    public double? Budget { get; init; }

    /// <summary>Seconds spent.</summary>
    public double Seconds { get; init; }

    /// <summary>running, finished, or stopped (the time was over, or somebody stopped it).</summary>
    public string State { get; init; } = TrialRun.Running;

    /// <summary>Fields of the recipe that were given.</summary>
    public JsonObject Said { get; init; } = [];

    /// <summary>What is tried; null until known.</summary>
    public JsonObject? Space { get; init; }

    /// <summary>The recipe of trial 0; null until known.</summary>
    public Recipe? Defaults { get; init; }

    /// <summary>The best run; null while there is none.</summary>
    public TuneBest? Best { get; init; }

    /// <summary>What mattered, most first.</summary>
    public IReadOnlyList<Importance> Importance { get; init; } = [];

    /// <summary>All runs, in the order in which they were begun.</summary>
    public IReadOnlyList<TrialRun> Trials { get; init; } = [];

    internal TrialOrder Order() => new(By != "valLoss");

    /// <summary>The record of a folder; null when there is none.</summary>
    /// <exception cref="InputException">It cannot be read, or a newer Pictor wrote it.</exception>
    public static TuneRecord? TryRead(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        const string remedy = "Name another folder with --out, or start anew with --force.";
        try
        {
            TuneRecord? record = JsonSerializer.Deserialize<TuneRecord>(File.ReadAllText(path), PictorJson.Compact);
            return record switch
            {
                { Schema: > CurrentSchema } => throw new InputException(path, $"a newer Pictor wrote it (schema {record.Schema}, this one knows {CurrentSchema})", remedy),
                { Schema: CurrentSchema, Trials: not null, Said: not null } => record,
                _ => throw new InputException(path, "it is not the record of a tuning", remedy),
            };
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"it cannot be read ({e.Message})", remedy, e);
        }
    }

    internal void Write(string folder) => RunFiles.Replace(Path.Combine(folder, FileName), ToJson() + "\n");

    /// <summary>As in the file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PictorJson.Indented);
}

/// <summary>The best run of a search.</summary>
/// <param name="Trial">Its trial; 0: the defaults were not beaten.</param>
/// <param name="Epochs">Its length.</param>
/// <param name="Folder">Its run folder, relative to that of the search.</param>
/// <param name="Model">Its package, absolute.</param>
/// <param name="Recipe">best.json, absolute.</param>
/// <param name="ValLoss">Null where it is no number.</param>
/// <param name="ValAccuracy">0..1; null for numbers.</param>
/// <param name="Gain">By how much it is better than the defaults in the figure that decides; null when these failed.</param>
/// <param name="Settings">What it changes.</param>
public sealed record TuneBest(int Trial, int Epochs, string Folder, string Model, string Recipe, double? ValLoss, double? ValAccuracy, double? Gain, JsonObject Settings);
