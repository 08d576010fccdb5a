using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Models.Hosting;
using Pictor.Models.Packages;

namespace Pictor.Models.Tests.Hosting;

/// <summary>Pictor in a service collection, and as .NET's interface for embeddings.</summary>
public sealed class PictorServicesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Annotator_ByOptionsNameAndSection_IsOneForAll()
    {
        using var folder = new TemporaryFolder();
        string model = Model(folder);
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Pictor:ModelPath"] = model, ["Pictor:Threads"] = "2" }).Build();
        using ServiceProvider provider = new ServiceCollection()
            .AddPictorAnnotator(configuration.GetSection("Pictor"))
            .AddPictorAnnotator("tags", o => o.ModelPath = model)
            .AddPictorEmbeddingGenerator().AddPictorEmbeddingGenerator("tags")
            .BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        Assert.Same(provider.GetRequiredService<Annotator>(), provider.GetRequiredService<Annotator>());
        Assert.Same(provider.GetRequiredKeyedService<Annotator>("tags"), provider.GetRequiredKeyedService<IEmbeddingGenerator<DataContent, Embedding<float>>>("tags").GetService(typeof(Annotator)));
        Assert.NotSame(provider.GetRequiredService<Annotator>(), provider.GetRequiredKeyedService<Annotator>("tags"));
        Assert.Equal(2, provider.GetRequiredService<IOptions<PictorAnnotatorOptions>>().Value.Threads);
    }

    [Fact]
    public void Options_ThatAreWrong_AreAllToldAtStart()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddPictorAnnotator(o => o.Threads = 0)
            .AddPictorAnnotator("tags", o => o.ModelPath = "no/such.pictor")
            .BuildServiceProvider();
        Exception thrown = Assert.ThrowsAny<Exception>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        string[] faults = [.. (thrown as AggregateException)?.InnerExceptions.OfType<OptionsValidationException>().SelectMany(e => e.Failures) ?? ((OptionsValidationException)thrown).Failures];
        Assert.Contains(faults, f => f.Contains("ModelPath is missing", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Contains("Threads is 0, expected 1 to 64", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Contains("'tags': ModelPath is 'no/such.pictor'", StringComparison.Ordinal));
        Assert.Equal(3, faults.Length);
    }

    [Fact]
    public async Task Generator_GivesWhatTheAnnotatorGives_InOrder()
    {
        using var folder = new TemporaryFolder();
        using var annotator = Annotator.Load(Model(folder));
        using var generator = new PictureEmbeddingGenerator(annotator);
        byte[][] files = [.. Enumerable.Range(0, 35).Select(Png)];
        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(files.Select(f => new DataContent(f, "image/png")), cancellationToken: Stop);
        Assert.Equal(35, embeddings.Count);
        for (int i = 0; i < files.Length; i++)
        {
            float[] expected = annotator.Read(files[i], "p").Embedding;
            Assert.All(expected.Zip(embeddings[i].Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }

        Assert.Equal(annotator.Package.Reference, embeddings[0].ModelId);
        var metadata = (EmbeddingGeneratorMetadata)((IEmbeddingGenerator)generator).GetService(typeof(EmbeddingGeneratorMetadata))!;
        Assert.Equal((annotator.Package.Manifest.EmbeddingLength, annotator.Package.Reference), (metadata.DefaultModelDimensions!.Value, metadata.DefaultModelId));
        Assert.Same(annotator.Package, generator.GetService(typeof(ModelPackage)));
        Assert.Empty(await generator.GenerateAsync([], cancellationToken: Stop));
    }

    [Fact]
    public async Task Generator_OfWhatIsNoPicture_NamesIt()
    {
        using var folder = new TemporaryFolder();
        using var annotator = Annotator.Load(Model(folder));
        using var generator = new PictureEmbeddingGenerator(annotator);
        DataContent[] pictures = [new(Png(1), "image/png"), new(new byte[] { 1, 2, 3 }, "image/png") { Name = "broken.png" }];
        PictureException refused = await Assert.ThrowsAsync<PictureException>(() => generator.GenerateAsync(pictures, cancellationToken: Stop));
        Assert.Equal("broken.png", refused.Subject);
        await Assert.ThrowsAsync<InputException>(() => generator.GenerateAsync(pictures[..1], new EmbeddingGenerationOptions { ModelId = "another" }, Stop));
        await Assert.ThrowsAsync<InputException>(() => generator.GenerateAsync(pictures[..1], new EmbeddingGenerationOptions { Dimensions = 7 }, Stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(pictures[..1], cancellationToken: new CancellationToken(canceled: true)));
        Assert.ThrowsAny<ArgumentException>(() => new DataContent("https://example.org/cat.jpg"));
    }

    [Fact]
    public async Task Samples_AnnotateAndFind_ForReal()
    {
        using var folder = new TemporaryFolder();
        string model = Model(folder);
        Directory.CreateDirectory(folder["pictures"]);
        for (int i = 0; i < 3; i++)
            await File.WriteAllBytesAsync(Path.Combine(folder["pictures"], $"{i}.png"), Png(i), Stop);
        await File.WriteAllBytesAsync(folder["query.png"], Png(2), Stop);
        string found = await RunSample("SimilarPictures", model, folder["query.png"], folder["pictures"]);
        Assert.StartsWith($"1.000\t{Path.Combine(folder["pictures"], "2.png")}", found, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(Path.Combine(folder["pictures"], "broken.png"), [1, 2], Stop);
        string tags = await RunSample("AnnotateFolder", model, folder["pictures"]);
        Assert.Equal(3, tags.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0]).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task<string> RunSample(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static string Model(TemporaryFolder folder)
    {
        (PackageManifest manifest, byte[] onnx) = TestModels.Make("softmax", new PictureShape(1, 8, 8), 4);
        ModelPackage.Write(folder["m.pictor"], manifest with { TagThreshold = 0 }, TestModels.Labels(4), onnx, "# A card\n");
        return folder["m.pictor"];
    }

    private static byte[] Png(int seed)
    {
        var data = new byte[64];
        new Random(seed).NextBytes(data);
        return PictureWriter.Png(new Pixels(8, 8, 1, data));
    }
}
