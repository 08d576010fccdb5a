using System.Text.Json.Serialization;
using Pictor.Imaging;

namespace Pictor.Models.Packages;

/// <summary><c>package.json</c> of a model package.</summary>
public sealed record PackageManifest
{
    /// <summary>Version of this schema.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The task of a package that tells classes.</summary>
    public const string Classifier = "classifier";

    /// <summary>The task of a package that gives a number: one label, one output with the role value, no probabilities.</summary>
    public const string Regressor = "regressor";

    /// <summary>Schema of the file.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Name: letters, digits, hyphen, underscore, dot.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the model, such as 1.0.0.</summary>
    public required string Version { get; init; }

    /// <summary>classifier or regressor; embedder, detector, ... are to come.</summary>
    public string Task { get; init; } = Classifier;

    /// <summary>It gives a number (role value) instead of classes.</summary>
    [JsonIgnore]
    public bool IsRegressor => Task == Regressor;

    /// <summary>The way from a picture to the input.</summary>
    public required Preprocessing Input { get; init; }

    /// <summary>Order of the input's dimensions. <value>nchw, the only one.</value></summary>
    public string Layout { get; init; } = "nchw";

    /// <summary>Order of the input's colours. <value>rgb, the only one.</value></summary>
    public string ColourOrder { get; init; } = "rgb";

    /// <summary>Output names in the ONNX file by role: logits, probabilities, embedding; value and embedding of a regressor.</summary>
    public required IReadOnlyDictionary<string, string> Outputs { get; init; }

    /// <summary>Number of classes; 1 for a regressor.</summary>
    public required int Classes { get; init; }

    /// <summary>Length of the embedding; 0 without one.</summary>
    public required int EmbeddingLength { get; init; }

    /// <summary>A class becomes a tag at this probability. <value>0.5.</value></summary>
    public double TagThreshold { get; init; } = 0.5;

    /// <summary>Thresholds of single classes by label id; they come before <see cref="TagThreshold"/>.</summary>
    public IReadOnlyDictionary<string, double>? Thresholds { get; init; }

    /// <summary>Each class is a question of its own (sigmoid); else exactly one class holds (softmax). <value>false.</value></summary>
    public bool MultiLabel { get; init; }

    /// <summary>How the probabilities were calibrated; the temperature is part of the ONNX graph already. Null: they were not.</summary>
    public PackageCalibration? Calibration { get; init; }

    /// <summary>Where the weights come from; absent for a package from elsewhere.</summary>
    public PackageProvenance? Provenance { get; init; }

    /// <summary>The role of the output that answers.</summary>
    internal string AnswerRole => IsRegressor ? Onnx.OnnxWriter.Value : Onnx.OnnxWriter.Probabilities;

    /// <summary>SHA-256 of each other member, by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>How a package came to be.</summary>
public sealed record PackageProvenance
{
    /// <summary>The network's name.</summary>
    public string? Network { get; init; }

    /// <summary>The recipe as JSON.</summary>
    public System.Text.Json.JsonElement? Recipe { get; init; }

    /// <summary>Fingerprint of the data set it was trained on.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>Seed of the split, and of everything else.</summary>
    public int Seed { get; init; }

    /// <summary>Figures on the validation part, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Version of Pictor.</summary>
    public string? PictorVersion { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The packages that it was built from: what a head stands on, the members of an ensemble. Null for a network trained by itself.</summary>
    public IReadOnlyList<PackageSource>? From { get; init; }
}

/// <summary>A package that another was built from.</summary>
/// <param name="Package">NAME@VERSION.</param>
/// <param name="Sha256">SHA-256 of its file.</param>
/// <param name="Weight">Its share in an ensemble; null elsewhere.</param>
public sealed record PackageSource(string Package, string Sha256, double? Weight = null);

/// <summary>Temperature scaling (Guo et al. 2017): probabilities are softmax(logits / temperature).</summary>
public sealed record PackageCalibration
{
    /// <summary>Above 1 where the network was too sure of itself.</summary>
    public required double Temperature { get; init; }

    /// <summary>Pictures that it was fitted on.</summary>
    public int Samples { get; init; }

    /// <summary>Expected calibration error on them before, 0..1.</summary>
    public double ErrorBefore { get; init; }

    /// <summary>And after.</summary>
    public double ErrorAfter { get; init; }
}
