using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;
using Pictor.Trainer.Loop;
using Pictor.Trainer.Torch;
using Pictor.Training.Recipes;
using TorchSharp;

namespace Pictor.Trainer.Tests.Torch;

/// <summary>What torch has trained is what ONNX Runtime serves.</summary>
public sealed class ParityTests
{
    private const int Classes = 10;

    /// <summary>Every network by its own name, grey and colour, one family by width, and dropout where there is some.</summary>
    public static TheoryData<string, int, float?> Networks
    {
        get
        {
            var all = new TheoryData<string, int, float?>();
            foreach (NetworkEntry entry in NetworkCatalog.All)
            {
                all.Add(entry.Name, 3, null);
                all.Add(entry.Name, 1, null);
            }

            all.Add("resnet9-16", 3, 0.3f);
            all.Add("mnist-cnn", 3, 0.5f);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Trained_AnyNetwork_TorchAndOnnxRuntimeAgree(string name, int channels, float? dropout)
    {
        var shape = new PictureShape(channels, 32, 32);
        Network network = NetworkCatalog.Create(name, shape, Classes, dropout);
        var preprocessing = new Preprocessing(shape, ResizePolicy.Stretch, [.. Enumerable.Repeat(0.45f, channels)], [.. Enumerable.Repeat(0.25f, channels)]);
        var recipe = new Recipe { Network = name, Optimizer = new OptimizerSettings { Kind = "sgd", LearningRate = 0.02 } };
        using var model = new TrainingModel(network, recipe, batch: 16, threads: 2);
        byte[] pictures = Pictures(8, shape);
        var values = new float[pictures.Length];
        preprocessing.Normalize(pictures, values);
        float[] untrained = model.Export()[network.Parameters.First().Name];
        Train(model, values, shape);
        Assert.NotEqual(untrained, model.Export()[network.Parameters.First().Name]);

        string file = Path.Combine(Path.GetTempPath(), $"parity-{Guid.NewGuid():N}.pictor");
        try
        {
            ModelPackage.Write(file, Manifest(network, preprocessing), Labels(), OnnxWriter.Write(network, model.Export()), "A trial.");
            using Annotator annotator = Annotator.Load(file);
            foreach (int count in new[] { 1, 8 })
            {
                (float[] probabilities, float[] embeddings) = Torch(model, values, shape, count);
                var served = new float[count * Classes];
                var servedEmbeddings = new float[count * network.EmbeddingLength];
                annotator.Run(pictures.AsSpan(0, count * shape.Length), count, served, servedEmbeddings);
                AssertClose(probabilities, served, "probabilities");
                AssertClose(embeddings, servedEmbeddings, "embedding");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Export_AfterImport_GivesBackEveryValue()
    {
        Network network = NetworkCatalog.Create("resnet9-16", new(3, 32, 32), Classes);
        var layout = new ParameterLayout(network);
        NetworkWeights weights = NetworkWeights.Random(network, 3);
        var trained = new float[layout.TrainedLength];
        var statistics = new float[layout.StatisticsLength];
        layout.Import(weights, trained, statistics);
        NetworkWeights back = layout.Export(trained, statistics);
        Assert.All(network.Parameters, p => Assert.Equal(weights[p.Name], back[p.Name]));
    }

    // A few steps by hand on the replicas, so that the running statistics are no longer the identity.
    private static void Train(TrainingModel model, float[] values, PictureShape shape)
    {
        for (int step = 1; step <= 4; step++)
        {
            for (int r = 0; r < model.Replicas.Count; r++)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                using var network = new TorchNetwork(model.Layout, model.Weights, model.Replicas[r].Gradients, model.Replicas[r].Statistics, 8, seed: 1);
                torch.Tensor logits = network.Train(torch.tensor(values, [8, shape.Channels, shape.Height, shape.Width]), step, [0, 1, 2, 3, 4, 5, 6, 7]);
                torch.nn.functional.cross_entropy(logits, torch.arange(8) % Classes, reduction: torch.nn.Reduction.Sum).backward();
            }

            model.Optimizer.Step(step, 0.02, 16, 0, 1);
        }

        model.AverageStatistics();
    }

    private static (float[] Probabilities, float[] Embeddings) Torch(TrainingModel model, float[] values, PictureShape shape, int count)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable quiet = torch.no_grad();
        using var network = new TorchNetwork(model.Layout, model.Weights, null, model.Replicas[0].Statistics, 8, seed: 1);
        torch.Tensor logits = network.Evaluate(torch.tensor(values.AsSpan(0, count * shape.Length).ToArray(), [count, shape.Channels, shape.Height, shape.Width]));
        torch.Tensor embedding = network.Embedding.flatten(1);
        embedding /= embedding.norm(1, keepdim: true).clamp_min(1e-12);
        return (logits.softmax(1).flatten().data<float>().ToArray(), embedding.flatten().contiguous().data<float>().ToArray());
    }

    private static byte[] Pictures(int count, PictureShape shape)
    {
        var pictures = new byte[count * shape.Length];
        new Random(5).NextBytes(pictures);
        return pictures;
    }

    private static PackageManifest Manifest(Network network, Preprocessing preprocessing) => new()
    {
        Name = "parity",
        Version = "1.0.0",
        Input = preprocessing,
        Classes = Classes,
        EmbeddingLength = network.EmbeddingLength,
        Outputs = new Dictionary<string, string> { ["logits"] = "logits", ["probabilities"] = "probabilities", ["embedding"] = "embedding" },
    };

    private static Label[] Labels() => [.. Enumerable.Range(0, Classes).Select(i => new Label($"{i}", $"class {i}"))];

    private static void AssertClose(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        float worst = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= 1e-4, $"{what} differ by {worst}");
        Assert.True(expected.Any(v => Math.Abs(v) > 1e-3), $"{what} are all zero");
    }
}
