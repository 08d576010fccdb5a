using Pictor.Datasets.Cleaning;

namespace Pictor.Training.Cleaning;

/// <summary>What to clean, what may be asked for help, and what to write.</summary>
public sealed record CleaningRequest
{
    /// <summary>The data set.</summary>
    public required string Data { get; init; }

    /// <summary>Folder for report.html, report.json and issues.csv; null: none are written.</summary>
    public string? Out { get; init; }

    /// <summary>A run folder whose margins.csv tells of likely label errors.</summary>
    public string? Run { get; init; }

    /// <summary>Train so many times, each time without one part of the data, and judge that part; null: not.</summary>
    public int? CrossValidate { get; init; }

    /// <summary>The network for that; null: the default one.</summary>
    public string? Network { get; init; }

    /// <summary>Its epochs; null: the network's default.</summary>
    public int? Epochs { get; init; }

    /// <summary>A table of out-of-sample predictions, as <c>evaluate --predictions</c> reads.</summary>
    public string? Predictions { get; init; }

    /// <summary>An issues.csv whose actions a person has decided; nothing is looked for again.</summary>
    public string? Issues { get; init; }

    /// <summary>The manifest to write, without what is to be dropped; null: none.</summary>
    public string? Apply { get; init; }

    /// <summary>What becomes of likely label errors. <value>drop.</value></summary>
    public CleaningAction LabelErrors { get; init; } = CleaningAction.Drop;

    /// <summary>What counts as odd.</summary>
    public CleaningOptions Options { get; init; } = new();
}
