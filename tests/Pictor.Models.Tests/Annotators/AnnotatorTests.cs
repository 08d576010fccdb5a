using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Models.Tests.Annotators;

public sealed class AnnotatorTests : IDisposable
{
    private static readonly PictureShape Shape = new(3, 28, 28);
    private readonly TemporaryFolder _folder = new();

    public AnnotatorTests() => TestModels.Write(Model, "mnist-cnn", Shape, 10);

    private string Model => _folder["m.pictor"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_BatchesOfAnySize_EqualSinglePictures()
    {
        using var annotator = Annotator.Load(Model);
        int length = annotator.Package.Manifest.EmbeddingLength;
        byte[] planes = Planes(150);
        var expected = Enumerable.Range(0, 150).Select(i => annotator.Read(Picture(planes, i))).ToArray();
        Assert.All(expected, reading => Assert.Equal(1, reading.Probabilities.Sum(), 1e-5));
        Assert.All(expected, reading => Assert.Equal(1, reading.Embedding.Sum(v => (double)v * v), 1e-5));
        foreach (int count in (int[])[0, 1, 2, 63, 64, 65, 150])
        {
            var probabilities = new float[count * 10];
            var embeddings = new float[count * length];
            annotator.Run(planes.AsSpan(0, count * Shape.Length), count, probabilities, embeddings);
            for (int i = 0; i < count; i++)
            {
                AssertClose(expected[i].Probabilities, probabilities.AsSpan(i * 10, 10));
                AssertClose(expected[i].Embedding, embeddings.AsSpan(i * length, length));
            }
        }
    }

    [Fact]
    public void Run_WithoutEmbeddings_GivesTheSameProbabilities()
    {
        using var annotator = Annotator.Load(Model);
        byte[] planes = Planes(5);
        float[] with = new float[50], without = new float[50], embeddings = new float[5 * annotator.Package.Manifest.EmbeddingLength];
        annotator.Run(planes, 5, with, embeddings);
        annotator.Run(planes, 5, without, []);
        Assert.Equal(with, without);
    }

    [Fact]
    public void Run_WrongLengths_AreRefused()
    {
        using var annotator = Annotator.Load(Model);
        Assert.Throws<ArgumentOutOfRangeException>(() => annotator.Run(new byte[5], 1, new float[10], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => annotator.Run(new byte[Shape.Length], 1, new float[9], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => annotator.Run(new byte[Shape.Length], 1, new float[10], new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => annotator.Run([], -1, [], []));
    }

    [Fact]
    public void Read_FromManyThreads_GivesEachItsOwnAnswer()
    {
        using var annotator = Annotator.Load(Model);
        byte[] planes = Planes(16);
        float[][] expected = [.. Enumerable.Range(0, 16).Select(i => annotator.Read(Picture(planes, i)).Probabilities)];
        Parallel.For(0, 600, new ParallelOptions { MaxDegreeOfParallelism = 8 }, n =>
        {
            if (n % 3 == 0)
            {
                var probabilities = new float[160];
                annotator.Run(planes, 16, probabilities, []);
                for (int i = 0; i < 16; i++)
                    AssertClose(expected[i], probabilities.AsSpan(i * 10, 10));
            }
            else
            {
                AssertClose(expected[n % 16], annotator.Read(Picture(planes, n % 16)).Probabilities);
            }
        });
    }

    [Fact]
    public async Task Dispose_WhileOthersRun_EndsThemWellAndRefusesLaterOnes()
    {
        byte[] planes = Planes(1);
        for (int round = 0; round < 10; round++)
        {
            var annotator = Annotator.Load(Model);
            float[] expected = annotator.Read(Picture(planes, 0)).Probabilities;
            using var started = new Barrier(5);
            Task<int>[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
            {
                started.SignalAndWait();
                for (int n = 0; ; n++)
                {
                    try
                    {
                        AssertClose(expected, annotator.Read(Picture(planes, 0)).Probabilities);
                    }
                    catch (ObjectDisposedException)
                    {
                        return n;
                    }
                }
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
            started.SignalAndWait();
            annotator.Dispose();
            annotator.Dispose();
            await Task.WhenAll(readers);
            Assert.Throws<ObjectDisposedException>(() => annotator.Read(Picture(planes, 0)));
        }
    }

    [Fact]
    public void Run_AgainAndAgain_AllocatesNextToNothing()
    {
        using var annotator = Annotator.Load(Model);
        byte[] planes = Planes(1);
        var probabilities = new float[10];
        var embedding = new float[annotator.Package.Manifest.EmbeddingLength];
        annotator.Run(planes, 1, probabilities, embedding);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            annotator.Run(planes, 1, probabilities, embedding);

        // ONNX Runtime's own marshalling of names; a picture's input alone would be 9,408 bytes.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 2_000);
    }

    [Fact]
    public async Task AnnotateAsync_File_GivesTagsOfThePackageLikeliestFirst()
    {
        (PackageManifest manifest, byte[] onnx) = TestModels.Make("mnist-cnn", Shape, 10);
        ModelPackage.Write(Model, manifest with { TagThreshold = 0.001 }, TestModels.Labels(10), onnx, "");
        using var annotator = Annotator.Load(Model);
        var pixels = new Pixels(28, 28, 3, Planes(1));
        await File.WriteAllBytesAsync(_folder["a.png"], PictureWriter.Png(pixels));
        IReadOnlyList<Annotation> tags = await annotator.AnnotateAsync(_folder["a.png"]);
        PictureReading reading = annotator.Read(pixels);
        Assert.Equal(reading.Probabilities.Count(p => p >= 0.001), tags.Count);
        Assert.Equal(tags.OrderByDescending(tag => tag.Confidence), tags);
        Assert.Equal("package mnist-cnn@1.0.0", tags[0].Source.ToString());
        Assert.Equal(AnnotationKind.Tag, tags[0].Kind);
        Assert.Equal(reading.Probabilities.Max(), tags[0].Confidence, 1e-6);
        ClassPrediction top = annotator.Top(reading.Probabilities, 5)[0];
        Assert.Equal((tags[0].Value, tags[0].LabelId), (top.Label, top.LabelId));
        Assert.Equal(10, annotator.Top(reading.Probabilities, 99).Count);
    }

    [Fact]
    public void TagsOf_ThresholdsOfSingleClasses_ComeBeforeThePackages()
    {
        (PackageManifest manifest, byte[] onnx) = TestModels.Make("mnist-cnn", Shape, 10);
        var thresholds = new Dictionary<string, double>(StringComparer.Ordinal) { ["n1"] = 0.9, ["n2"] = 0.1 };
        ModelPackage.Write(Model, manifest with { TagThreshold = 0.5, MultiLabel = true, Thresholds = thresholds }, TestModels.Labels(10), onnx, "");
        using var annotator = Annotator.Load(Model);
        Assert.Equal(["n3", "n2"], annotator.TagsOf([0, 0.8f, 0.2f, 0.7f, 0.4f, 0, 0, 0, 0, 0]).Select(tag => tag.LabelId));
    }

    [Fact]
    public async Task Read_Regressor_GivesItsValueAndNoTags()
    {
        Network network = NetworkCatalog.Create("mnist-cnn", Shape, 1);
        (PackageManifest manifest, _) = TestModels.Make("mnist-cnn", Shape, 1);
        ModelPackage.Write(Model, manifest with { Task = PackageManifest.Regressor, Outputs = OnnxWriter.RegressorOutputs }, [new Label("value", "age")],
            OnnxWriter.Write(network, TestModels.Weights(network, 3), new() { Regression = true, ValueScale = 50, ValueOffset = 20 }), "");
        using var annotator = Annotator.Load(Model);
        PictureReading reading = annotator.Read(new Pixels(28, 28, 3, Planes(1)));
        Assert.True(double.IsFinite(reading.Value!.Value));
        Assert.Empty(reading.Probabilities);
        Assert.Empty(annotator.TagsOf(reading.Probabilities));
        Assert.Empty(annotator.Top(reading.Probabilities, 5));
        Assert.Equal(manifest.EmbeddingLength, reading.Embedding.Length);
        byte[] png = PictureWriter.Png(new Pixels(28, 28, 3, Planes(1)));
        await File.WriteAllBytesAsync(_folder["a.png"], png);
        Assert.Empty(await annotator.AnnotateAsync(_folder["a.png"]));
        Assert.Equal(reading.Value, annotator.Describe(png, "a.png", 5).Value);
        var values = new float[1];
        byte[] planes = new byte[Shape.Length];
        annotator.Package.Manifest.Input.ToPlanes(new Pixels(28, 28, 3, Planes(1)), planes);
        annotator.Run(planes, 1, values, []);
        Assert.Equal(reading.Value.Value, values[0], 1e-4);
    }

    [Fact]
    public async Task AnnotateAsync_WhatIsNoPicture_IsInputException()
    {
        using var annotator = Annotator.Load(Model);
        await File.WriteAllTextAsync(_folder["a.txt"], "hello");
        await Assert.ThrowsAsync<PictureException>(() => annotator.AnnotateAsync(_folder["a.txt"]));
        await Assert.ThrowsAsync<InputException>(() => annotator.AnnotateAsync(_folder["nowhere.png"]));
        await Assert.ThrowsAsync<InputException>(() => annotator.AnnotateAsync(_folder.Path));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => annotator.AnnotateAsync(Model, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Load_ModelThatOnnxRuntimeRefuses_IsInputException()
    {
        (PackageManifest manifest, byte[] onnx) = TestModels.Make("softmax", new(1, 4, 4), 3);
        int operation = onnx.AsSpan().IndexOf("Gemm"u8);
        "Germ"u8.CopyTo(onnx.AsSpan(operation));
        ModelPackage.Write(_folder["bad.pictor"], manifest, TestModels.Labels(3), onnx, "");
        Assert.Equal("package.not-runnable", Assert.Throws<InputException>(() => Annotator.Load(_folder["bad.pictor"])).Code);
    }

    [Fact]
    public void Load_ByPath_KeepsTheModelReadableAndNoticesAChangedFile()
    {
        using var annotator = Annotator.Load(Model);
        Assert.Equal(TestModels.Make("mnist-cnn", Shape, 10).Onnx, annotator.Package.Onnx.ToArray());
        TestModels.Write(Model, "softmax", Shape, 10);
        Assert.Equal("package.changed", Assert.Throws<InputException>(() => annotator.Package.Onnx).Code);
        Assert.Equal(10, annotator.Read(Picture(Planes(1), 0)).Probabilities.Length);
    }

    private static byte[] Planes(int count)
    {
        var planes = new byte[count * Shape.Length];
        new Random(1).NextBytes(planes);
        return planes;
    }

    // Planes are [c, h, w], pixels are [h, w, c].
    private static Pixels Picture(byte[] planes, int index)
    {
        var data = new byte[Shape.Length];
        for (int i = 0; i < 784; i++)
        {
            for (int c = 0; c < 3; c++)
                data[(i * 3) + c] = planes[(index * Shape.Length) + (c * 784) + i];
        }

        return new Pixels(28, 28, 3, data);
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }
}
