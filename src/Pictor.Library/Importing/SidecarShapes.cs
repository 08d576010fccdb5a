namespace Pictor.Library;

/// <summary>Which sidecars to write, and how.</summary>
public sealed record SidecarOptions
{
    /// <summary>Write them; else only say what would be written. <value>false.</value></summary>
    public bool Apply { get; init; }

    /// <summary>Write the tags of the active model too, marked as such. <value>false: what people said and what was imported.</value></summary>
    public bool Models { get; init; }

    /// <summary>A sidecar that is changed keeps its modification time; a new one takes its picture's. <value>false.</value></summary>
    public bool PreserveTimes { get; init; }

    /// <summary>Only for pictures that are, or lie below, one of these absolute paths. <value>Empty: all.</value></summary>
    public IReadOnlyList<string> Paths { get; init; } = [];
}

/// <summary>One sidecar that was, or would be, written.</summary>
/// <param name="File">The sidecar.</param>
/// <param name="Picture">The file that it speaks of.</param>
/// <param name="Id">The picture.</param>
/// <param name="New">There was none before.</param>
/// <param name="Add">Keywords that are added.</param>
/// <param name="Remove">Keywords that are taken out: rejected, or written earlier and since withdrawn.</param>
/// <param name="Description">The caption that is set; null where it stays as it is.</param>
/// <param name="Rating">The stars that are set; null where they stay as they are.</param>
public sealed record SidecarItem(string File, string Picture, string Id, bool New, IReadOnlyList<string> Add, IReadOnlyList<string> Remove, string? Description, int? Rating);

/// <summary>What became of a request to write sidecars.</summary>
/// <param name="Applied">They were written; else this is what would be.</param>
/// <param name="Items">One for each sidecar with something new in it.</param>
/// <param name="Unchanged">Picture files whose sidecar, or whose own metadata, says it all already, or of which there is nothing to say.</param>
/// <param name="ModelOnly">Pictures of which only a model has said something; <see cref="SidecarOptions.Models"/> writes that too.</param>
/// <param name="Skipped">Those that could not be written, with the reason.</param>
public sealed record SidecarOutcome(bool Applied, IReadOnlyList<SidecarItem> Items, int Unchanged, int ModelOnly, IReadOnlyList<SkippedFile> Skipped);
