namespace Pictor.Datasets;

/// <summary>The formats that Pictor writes.</summary>
public enum DatasetFormat
{
    /// <summary>A folder for each class, within train, val and test where there are parts.</summary>
    Folder,

    /// <summary>labels.csv and images/.</summary>
    Csv,

    /// <summary>annotations/instances.json (one file a part) and images/.</summary>
    Coco,

    /// <summary>Annotations/, JPEGImages/ and ImageSets/Main/.</summary>
    Voc,

    /// <summary>images/, labels/ and data.yaml.</summary>
    Yolo,

    /// <summary>The binary version of CIFAR-10: 32 x 32 only.</summary>
    Cifar,

    /// <summary>A frozen version over the same pictures, which are not copied.</summary>
    Manifest,
}

/// <summary>How <see cref="DatasetConverter"/> writes.</summary>
public sealed record ConvertOptions
{
    /// <summary>Replace a target that exists. <value>false.</value></summary>
    public bool Force { get; init; }

    /// <summary>Link to picture files on disk instead of copying them; what lies in an archive is copied. <value>false.</value></summary>
    public bool Link { get; init; }

    /// <summary>Bring pictures to the size that the format demands (CIFAR: 32 x 32). <value>false.</value></summary>
    public bool Resize { get; init; }
}

/// <summary>What <see cref="DatasetConverter"/> wrote.</summary>
/// <param name="Target">Where it is, absolute.</param>
/// <param name="Format">As what.</param>
/// <param name="Pictures">How many pictures.</param>
/// <param name="Classes">Of how many classes.</param>
/// <param name="Warnings">What the format could not hold, in sentences.</param>
/// <param name="Skipped">Pictures left out, those that the source itself could not read included.</param>
public sealed record Conversion(string Target, DatasetFormat Format, int Pictures, int Classes, IReadOnlyList<string> Warnings, IReadOnlyList<SkippedFile> Skipped);
