namespace Pictor.Datasets;

/// <summary>How many samples each part has.</summary>
/// <param name="Train">For fitting weights.</param>
/// <param name="Val">For choosing.</param>
/// <param name="Test">For the final judgement.</param>
/// <param name="Undeclared">Samples of no part.</param>
public sealed record PartCounts(int Train, int Val, int Test, int Undeclared = 0);

/// <summary>One class.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its English name.</param>
/// <param name="Chinese">Its Chinese name, if one is known.</param>
/// <param name="Count">Samples in all.</param>
/// <param name="Declared">As the data set declares them.</param>
/// <param name="Plan">As they would be used, after cutting what is not declared.</param>
public sealed record ClassInfo(string Id, string Name, string? Chinese, int Count, PartCounts Declared, PartCounts Plan);

/// <summary>Lengths in pixels.</summary>
/// <param name="Min">The smallest.</param>
/// <param name="Median">The lower median.</param>
/// <param name="Max">The largest.</param>
public sealed record LengthRange(int Min, int Median, int Max);

/// <summary>The most frequent size.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Count">How many pictures have it.</param>
public sealed record CommonSize(int Width, int Height, int Count);

/// <summary>Samples with equal bytes.</summary>
/// <param name="Sha256">Their hash.</param>
/// <param name="Files">Where they lie.</param>
/// <param name="Labels">The ids of their classes, each once.</param>
/// <param name="LabelsDiffer">True when equal pictures stand under different classes.</param>
/// <param name="Parts">The declared parts they stand in, each once; more than one is a leak.</param>
public sealed record DuplicateGroup(string Sha256, IReadOnlyList<string> Files, IReadOnlyList<string> Labels, bool LabelsDiffer, IReadOnlyList<Split> Parts);

/// <summary>The split that training would use.</summary>
/// <param name="Train">Samples that train.</param>
/// <param name="Val">Samples that choose.</param>
/// <param name="Test">Samples that judge.</param>
/// <param name="Seed">The seed of what was cut.</param>
/// <param name="WasCut">True when something was cut rather than declared.</param>
/// <param name="Explanation">In a sentence.</param>
public sealed record PlanInfo(int Train, int Val, int Test, int Seed, bool WasCut, string Explanation);

/// <summary>What <c>dataset info</c> tells; serialised as it stands.</summary>
public sealed record DatasetInfo
{
    /// <summary>The path that was opened.</summary>
    public required string Path { get; init; }

    /// <summary>idx, folder, zip, tar, csv, coco, voc, yolo, cifar or manifest.</summary>
    public required string Format { get; init; }

    /// <summary>Samples in all, unreadable ones included.</summary>
    public required int Samples { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Samples by declared part.</summary>
    public required PartCounts Declared { get; init; }

    /// <summary>What training would use.</summary>
    public required PlanInfo Plan { get; init; }

    /// <summary>Each class, in order.</summary>
    public required IReadOnlyList<ClassInfo> PerClass { get; init; }

    /// <summary>Samples of the largest class over those of the smallest that has any.</summary>
    public required double Imbalance { get; init; }

    /// <summary>Widths of the readable pictures; null when none is.</summary>
    public required LengthRange? Width { get; init; }

    /// <summary>Heights likewise.</summary>
    public required LengthRange? Height { get; init; }

    /// <summary>The most frequent size.</summary>
    public required CommonSize? CommonSize { get; init; }

    /// <summary>1 when all pictures are grey, else 3.</summary>
    public required int Channels { get; init; }

    /// <summary>How many pictures are grey.</summary>
    public required int Grey { get; init; }

    /// <summary>Mean per channel over the training part of the plan, in units of 0..1.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>Standard deviation likewise. Pictures whose shorter side exceeds 512 pixels are counted at a reduced size.</summary>
    public required IReadOnlyList<float> Std { get; init; }

    /// <summary>Files that are no pictures, and pictures that cannot be decoded.</summary>
    public required IReadOnlyList<SkippedFile> Unreadable { get; init; }

    /// <summary>Groups of samples with equal bytes.</summary>
    public required IReadOnlyList<DuplicateGroup> Duplicates { get; init; }

    /// <summary>Those of the groups that stand in more than one declared part.</summary>
    public required IReadOnlyList<DuplicateGroup> Leaks { get; init; }

    /// <summary>Equal exactly for equal data.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What the data set asks of a network.</summary>
    public required DatasetTask Task { get; init; }

    /// <summary>Labels a picture, numbers, boxes, groups.</summary>
    public required Labelling Labelling { get; init; }

    /// <summary>What was put right while opening.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Examines every picture of a data set: sizes, mean and deviation, imbalance, damage, exact duplicates, leaks. Memory does not grow with the pixels.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="seed">For the split that would be cut.</param>
    /// <param name="progress">Told after every few pictures.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public static Task<DatasetInfo> ExamineAsync(Dataset data, int seed = 1, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) =>
        System.Threading.Tasks.Task.Run(() => Examiner.Examine(data, seed, progress, cancellationToken), cancellationToken);

    /// <summary>The same for a terminal.</summary>
    public string ToText() => DatasetInfoText.Of(this);
}
