using Pictor.Datasets;

namespace Pictor.Cli.Tests;

/// <summary>Drawn pictures, a model trained on them and a library filled with them: made once by the commands themselves, for all tests that ask questions.</summary>
public sealed class PreparedPath : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Data => _folder.File("drawn");

    public string RunFolder => _folder.File("run");

    public string Model => Path.Combine(RunFolder, "model.pictor");

    public string Library => _folder.File("library");

    public string Report => _folder.File("report");

    public string[] Pictures { get; private set; } = [];

    internal Run Trained { get; private set; } = null!;

    internal Run Indexed { get; private set; } = null!;

    public string File(string name) => _folder.File(name);

    public async ValueTask InitializeAsync()
    {
        DrawnPictures.WriteFolder(Data, perClass: 12, seed: 1, TestContext.Current.CancellationToken);
        Pictures = [.. Directory.EnumerateFiles(Data, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        Trained = await Run.PictorAsync("train", "--data", Data, "--network", "softmax", "--size", "16", "--epochs", "3", "--out", RunFolder, "--name", "drawn", "--json");
        Indexed = await Run.PictorAsync("index", Data, "--model", Model, "--library", Library, "--json");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
