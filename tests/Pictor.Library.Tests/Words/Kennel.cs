using Pictor.Imaging;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Library.Tests.Words;

/// <summary>A package whose probabilities a picture spells out: each class looks at one grey pixel of 4 x 4. So a test says what the model sees.</summary>
internal static class Kennel
{
    // Logits span 0..10, so that a class that is not named has less than 1 in 10,000.
    private const float Span = 10;
    private const int Side = 4;

    /// <summary>A beagle, which the shipped words do not know and the package puts below "dog"; a chihuahua and a goldfish, which they know; and two others.</summary>
    public static IReadOnlyList<Label> Labels { get; } =
    [
        new("n02088364", "beagle", "比格犬") { Broader = ["dog"] },
        new("n02085620", "Chihuahua"),
        new("n01443537", "goldfish", "金鱼"),
        new("nothing", "nothing at all"),
        new("n02113799", "standard poodle"),
    ];

    public static string Package(Place place, string name = "kennel", double threshold = 0.5, bool multiLabel = false, IReadOnlyList<Label>? labels = null)
    {
        string path = place[$"{name}.pictor"];
        var shape = new PictureShape(1, Side, Side);
        Network network = NetworkCatalog.Create("softmax", shape, Labels.Count);
        NetworkWeights weights = NetworkWeights.Random(network, 1);
        foreach (Parameter parameter in network.Parameters)
        {
            float[] values = new float[parameter.Length];
            for (int k = 0; parameter.Role == ParameterRole.Weight && k < Labels.Count; k++)
                values[(k * Side * Side) + k] = Span;
            weights[parameter.Name] = values;
        }

        var manifest = new PackageManifest
        {
            Name = name,
            Version = "1.0.0",
            Classes = Labels.Count,
            EmbeddingLength = network.EmbeddingLength,
            Outputs = OnnxWriter.Outputs,
            TagThreshold = threshold,
            MultiLabel = multiLabel,
            Input = new Preprocessing(shape, ResizePolicy.Stretch, [0f], [1f]),
        };
        ModelPackage.Write(path, manifest, labels ?? Labels, OnnxWriter.Write(network, weights), "# A card\n");
        return path;
    }

    /// <summary>A picture of which the package says this; the rest goes to "nothing at all".</summary>
    public static byte[] Picture(double beagle = 0, double chihuahua = 0, double goldfish = 0, double poodle = 0, byte mark = 0)
    {
        double[] shares = [beagle, chihuahua, goldfish, 1 - beagle - chihuahua - goldfish - poodle, poodle];
        double largest = Math.Log(shares.Max());
        var data = new byte[Side * Side];
        for (int k = 0; k < shares.Length; k++)
            data[k] = shares[k] <= 0 ? (byte)0 : (byte)Math.Clamp(Math.Round(255 * (1 + ((Math.Log(shares[k]) - largest) / Span))), 0, 255);
        data[^1] = mark; // no class looks here, so two pictures may say the same
        return PictureWriter.Png(new Pixels(Side, Side, 1, data));
    }
}
