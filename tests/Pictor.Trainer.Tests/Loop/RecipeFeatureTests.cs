using System.Globalization;
using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Models.Packages;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Trainer.Tests.Loop;

/// <summary>What a recipe can ask for, each on data that any network learns: it trains, and a run that was stopped ends as one that was not.</summary>
public sealed class RecipeFeatureTests
{
    private static readonly Recipe s_small = new() { Network = "resnet9-8", Epochs = 3, Batch = 32, Threads = 2, Precision = "float32", Optimizer = new() { LearningRate = 0.01 } };

    private static readonly string[] s_colours = ["red", "green", "blue"];
    private static readonly int[] s_levels = [20, 75, 130];

    /// <summary>Name and recipe of each.</summary>
    public static TheoryData<string, Recipe> Features => new()
    {
        { "average, clipping", s_small with { Ema = 0.9, Optimizer = new() { Kind = "adamw", LearningRate = 0.01, Clip = 0.5, WeightDecay = 0.05 } } },
        { "accumulation", s_small with { Batch = 16, Accumulate = 2 } },
        { "bfloat16", s_small with { Precision = "bfloat16", Ema = 0.8 } },
        { "mixing, smoothing", s_small with { Augment = new Augmentation { Mixup = 0.4, Cutmix = 1, MixProbability = 0.5, MixUntil = 0.7 }, Loss = new LossSettings { LabelSmoothing = 0.1 } } },
        { "smaller first", s_small with { Progressive = [new(8, 1), new(12, 1)], Optimizer = new() { Kind = "sgd", LearningRate = 0.05 } } },
        { "focal, balanced", s_small with { Loss = new LossSettings { Kind = "focal", ClassWeights = "balanced" }, Sampling = "balanced" } },
        { "cosine", s_small with { Schedule = new ScheduleSettings { Kind = "cosine" } } },
    };

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Run_WithAFeature_LearnsAndResumesBitForBit(string name, Recipe recipe)
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 320, side: 16);
        using var whole = new Bench();
        (int exitCode, List<TrainerMessage> messages) = await whole.TrainAsync(data.Path, recipe);
        Assert.True(exitCode == 0, $"{name}: {messages[^1]}");
        Assert.True(whole.Folder.Metrics[^1].ValAccuracy > 0.5, $"{name}: accuracy {whole.Folder.Metrics[^1].ValAccuracy}");
        Assert.Equal(0, whole.Folder.Metrics[^1].LearningRate, 9);

        using var parts = new Bench();
        int seen = 0;
        (exitCode, _) = await parts.TrainAsync(data.Path, recipe, onMessage: (message, stop) =>
        {
            if (message is TrainerMessage.Advanced { Stage: "Training" } && ++seen == 13)
                stop.Set();
        });
        Assert.Equal(130, exitCode);
        (exitCode, _) = await parts.TrainAsync(data.Path, parts.Folder.Job.Recipe, resume: true);
        Assert.Equal(0, exitCode);
        Dictionary<string, float[]> expected = whole.Arrays(), actual = parts.Arrays();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, pair => Assert.True(pair.Value.AsSpan().SequenceEqual(actual[pair.Key]), $"{name}: {pair.Key}"));
    }

    [Fact]
    public async Task Run_Accumulated_MovesLikeTheLargeBatch()
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 160);
        Recipe recipe = s_small with { Network = "mnist-cnn", Epochs = 1, Optimizer = new() { Kind = "sgd", LearningRate = 0.01 } };
        using var bench = new Bench();
        await bench.TrainAsync(data.Path, recipe with { Batch = 32 });
        float[] large = bench.Arrays()["weights"];
        await bench.TrainAsync(data.Path, recipe with { Batch = 8, Accumulate = 4 });
        float[] pieces = bench.Arrays()["weights"];
        Assert.True(large.Zip(pieces, (a, b) => Math.Abs(a - b)).Max() < 1e-5);
    }

    [Fact]
    public async Task Run_ExportsTheAverage_NotTheLastWeights()
    {
        using SelfMadeDigits data = SelfMadeDigits.Idx(train: 160);
        using var bench = new Bench();
        Recipe recipe = s_small with { Network = "softmax", Epochs = 2, Ema = 0.99 };
        await bench.TrainAsync(data.Path, recipe);
        Dictionary<string, float[]> arrays = bench.Arrays();
        Assert.NotEqual(arrays["weights"], arrays["averageWeights"]);
        byte[] onnx = ModelPackage.Open(bench.Folder.ModelPath).Onnx.ToArray();
        ReadOnlySpan<byte> average = System.Runtime.InteropServices.MemoryMarshal.AsBytes(arrays["averageWeights"].AsSpan(0, 144 * 4));
        Assert.True(onnx.AsSpan().IndexOf(average) > 0);
    }

    [Fact]
    public async Task Run_SeveralClassesAPicture_LearnsEachQuestion()
    {
        string folder = Directory.CreateTempSubdirectory("pictor-multi-").FullName;
        try
        {
            // Red, green and blue each on or off.
            var rows = new List<string> { "path,label" };
            var random = new Random(1);
            for (int i = 0; i < 240; i++)
            {
                int on = random.Next(8);
                WriteColour(Path.Combine(folder, $"{i}.png"), random, channel => (on >> channel & 1) == 1 ? 140 : 0);
                rows.Add($"{i}.png,{string.Join(';', s_colours.Where((_, c) => (on >> c & 1) == 1))}");
            }

            await File.WriteAllLinesAsync(Path.Combine(folder, "labels.csv"), rows, TestContext.Current.CancellationToken);
            using var bench = new Bench();
            (int exitCode, List<TrainerMessage> messages) = await bench.TrainAsync(folder, s_small with { Epochs = 6 });
            Assert.True(exitCode == 0, messages[^1].ToString());
            Assert.True(bench.Folder.Metrics[^1].ValAccuracy > 0.9, $"accuracy {bench.Folder.Metrics[^1].ValAccuracy}");
            Assert.True(ModelPackage.Open(bench.Folder.ModelPath).Manifest.MultiLabel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Run_ANumberAPicture_AnswersInItsUnit()
    {
        string folder = Directory.CreateTempSubdirectory("pictor-number-").FullName;
        try
        {
            var rows = new List<string> { "path,target" };
            var random = new Random(1);
            for (int i = 0; i < 240; i++)
            {
                int brightness = random.Next(150);
                WriteColour(Path.Combine(folder, $"{i}.png"), random, _ => brightness);
                rows.Add(string.Create(CultureInfo.InvariantCulture, $"{i}.png,{1000 + (brightness * 10)}"));
            }

            await File.WriteAllLinesAsync(Path.Combine(folder, "labels.csv"), rows, TestContext.Current.CancellationToken);
            using var bench = new Bench();
            (int exitCode, List<TrainerMessage> messages) = await bench.TrainAsync(folder, s_small with { Epochs = 8, Optimizer = new() { LearningRate = 0.02 } });
            Assert.True(exitCode == 0, messages[^1].ToString());
            ModelPackage package = ModelPackage.Open(bench.Folder.ModelPath);
            Assert.Equal("regressor", package.Manifest.Task);
            using var annotator = Pictor.Models.Annotators.Annotator.Load(package);
            double[] errors = [.. s_levels.Select(b =>
            {
                string file = Path.Combine(folder, "probe.png");
                WriteColour(file, random, _ => b);
                return annotator.Read(File.ReadAllBytes(file), "probe").Value!.Value - (1000 + (b * 10));
            })];
            Assert.All(errors, e => Assert.InRange(e, -250, 250));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WriteColour(string file, Random random, Func<int, int> level)
    {
        var data = new byte[16 * 16 * 3];
        for (int p = 0; p < data.Length; p++)
            data[p] = (byte)(random.Next(80) + level(p % 3));
        File.WriteAllBytes(file, PictureWriter.Png(new Pixels(16, 16, 3, data)));
    }
}
