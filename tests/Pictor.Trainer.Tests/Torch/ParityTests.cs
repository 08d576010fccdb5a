using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;
using Pictor.Trainer.Data;
using Pictor.Trainer.Loop;
using Pictor.Trainer.Torch;
using Pictor.Training.Recipes;
using TorchSharp;

namespace Pictor.Trainer.Tests.Torch;

/// <summary>What torch has trained is what ONNX Runtime serves.</summary>
public sealed class ParityTests
{
    private const int Classes = 10;
    private const long HeavyFrom = 300_000_000;

    /// <summary>Every network by its own name in colour, the quick ones in grey too, families by width and depth, and dropout where there is some.</summary>
    public static TheoryData<string, int, float?> Networks
    {
        get
        {
            var all = new TheoryData<string, int, float?>();
            foreach (NetworkEntry entry in NetworkCatalog.All)
            {
                all.Add(entry.Name, 3, null);
                if (entry.Usual.Height < 224)
                    all.Add(entry.Name, 1, null);
            }

            all.Add("alexnet", 1, 0f);
            all.Add("compact-20x1", 3, 0.2f);
            all.Add("resnet9-16", 3, 0.3f);
            all.Add("mnist-cnn", 3, 0.5f);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Trained_AnyNetwork_TorchAndOnnxRuntimeAgree(string name, int channels, float? dropout)
    {
        // More threads than cores are free would spin against each other.
        torch.set_num_threads(1);
        var shape = new PictureShape(channels, 32, 32);
        Network network = NetworkCatalog.Create(name, shape, Classes, dropout);
        var preprocessing = new Preprocessing(shape, ResizePolicy.Stretch, [.. Enumerable.Repeat(0.45f, channels)], [.. Enumerable.Repeat(0.25f, channels)]);
        var recipe = new Recipe { Network = name, Optimizer = new OptimizerSettings { Kind = "sgd", LearningRate = 0.02 } };
        bool heavy = network.Flops > HeavyFrom;
        using TrainingModel model = Model(network, recipe, threads: heavy ? 1 : 2);
        byte[] pictures = Pictures(8, shape);
        var values = new float[pictures.Length];
        preprocessing.Normalize(pictures, values);
        float[] untrained = model.Export()[network.Parameters.First().Name];
        Train(model, values, shape, heavy ? 2 : 8);
        Assert.NotEqual(untrained, model.Export()[network.Parameters.First().Name]);

        string file = Path.Combine(Path.GetTempPath(), $"parity-{Guid.NewGuid():N}.pictor");
        try
        {
            ModelPackage.Write(file, Manifest(network, preprocessing), Labels(), OnnxWriter.Write(network, model.Export()), "A trial.");
            using Annotator annotator = Annotator.Load(file);
            (float[] probabilities, float[] embeddings) = Torch(model, values, shape, 8);
            foreach (int count in new[] { 1, 8 })
            {
                var served = new float[count * Classes];
                var servedEmbeddings = new float[count * network.EmbeddingLength];
                annotator.Run(pictures.AsSpan(0, count * shape.Length), count, served, servedEmbeddings);
                AssertClose(probabilities[..served.Length], served, "probabilities");
                AssertClose(embeddings[..servedEmbeddings.Length], servedEmbeddings, "embedding");
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

    private static TrainingModel Model(Network network, Recipe recipe, int threads) =>
        new(network, recipe, batch: 16, threads, new TrainingLoss(recipe, DatasetTask.SingleLabel, [], 1), TargetScale.None);

    // A few steps by hand on the replicas, so that the running statistics are no longer the identity.
    private static void Train(TrainingModel model, float[] values, PictureShape shape, int pictures)
    {
        for (int step = 1; step <= (pictures < 8 ? 1 : 4); step++)
        {
            for (int r = 0; r < model.Replicas.Count; r++)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                using var network = new TorchNetwork(model.Layout, model.Weights, model.Replicas[r].Gradients, model.Replicas[r].Statistics, 8, seed: 1);
                torch.Tensor logits = network.Train(torch.tensor(values.AsSpan(0, pictures * shape.Length).ToArray(), [pictures, shape.Channels, shape.Height, shape.Width]), step, [.. Enumerable.Range(0, pictures)]);
                torch.nn.functional.cross_entropy(logits, torch.arange(pictures) % Classes, reduction: torch.nn.Reduction.Sum).backward();
            }

            model.Optimizer.Step(step, 0.02, model.Replicas.Count * pictures, 0, 1);
        }

        model.AverageStatistics();
    }

    // A net that has norms of its own on every path, trained a little, as a package would bring it back for fine-tuning.
    [Theory]
    [InlineData("compact-16x1")]
    [InlineData("lstm-rows")]
    public void Read_WeightsOfAPackage_AreThoseOfTraining(string name)
    {
        torch.set_num_threads(1);
        var shape = new PictureShape(3, 32, 32);
        Network network = NetworkCatalog.Create(name, shape, Classes);
        using TrainingModel model = Model(network, new Recipe { Network = name, Optimizer = new OptimizerSettings { Kind = "sgd", LearningRate = 0.02 } }, threads: 2);
        var values = new float[8 * shape.Length];
        new Preprocessing(shape, ResizePolicy.Stretch, [0.45f, 0.45f, 0.45f], [0.25f, 0.25f, 0.25f]).Normalize(Pictures(8, shape), values);
        Train(model, values, shape, 8);
        (float[] before, float[] embeddings) = Torch(model, values, shape, 8);
        byte[] onnx = OnnxWriter.Write(network, model.Export());

        using TrainingModel other = Model(network, new Recipe { Network = name, Seed = 77 }, threads: 2);
        other.Load(OnnxWeights.Read(network, onnx));
        (float[] after, float[] embeddingsAfter) = Torch(other, values, shape, 8);
        AssertClose(before, after, "probabilities");
        AssertClose(embeddings, embeddingsAfter, "embedding");
    }

    // Odd sizes up and down, against torch's own pooling.
    [Theory]
    [InlineData(33, 47, 6, 6)]
    [InlineData(7, 13, 7, 7)]
    [InlineData(2, 3, 7, 7)]
    [InlineData(14, 21, 7, 7)]
    [InlineData(1, 65, 6, 6)]
    public void AdaptiveAveragePool_AnySize_TorchAndOnnxRuntimeAgree(int height, int width, int toHeight, int toWidth)
    {
        var shape = new PictureShape(3, height, width);
        var pool = new NetworkNode("pool", new Layer.AdaptiveAveragePool(toHeight, toWidth), [0], [3, toHeight, toWidth], []);
        int features = 3 * toHeight * toWidth;
        var network = new Network("pooled", shape, features, [new("input", new Layer.Input(), [], [3, height, width], []), pool, new("flat", new Layer.Flatten(), [1], [features], [])], 2);
        float[] values = [.. Enumerable.Range(0, 2 * shape.Length).Select(i => MathF.Sin(i * 0.7f))];
        var layout = new ParameterLayout(network);
        using var none = new FlatBuffer(0);
        using DisposeScope scope = torch.NewDisposeScope();
        using var net = new TorchNetwork(layout, none, null, none, 2, seed: 1);
        float[] expected = net.Evaluate(torch.tensor(values, [2, 3, height, width])).flatten().data<float>().ToArray();

        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(OnnxWriter.Write(network, new NetworkWeights()));
        using var input = Microsoft.ML.OnnxRuntime.OrtValue.CreateTensorValueFromMemory(values, [2, 3, height, width]);
        using var run = new Microsoft.ML.OnnxRuntime.RunOptions();
        using var outputs = session.Run(run, ["pixels"], [input], ["logits"]);
        AssertClose(expected, outputs[0].GetTensorDataAsSpan<float>().ToArray(), "pooled values");
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
