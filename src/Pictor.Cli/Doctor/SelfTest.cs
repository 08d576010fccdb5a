using Pictor.Imaging;
using Pictor.Library;
using Pictor.Models.Annotators;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;
using Pictor.Training.Runs;

namespace Pictor.Cli.Doctor;

/// <summary>The native parts at work: a picture is encoded and decoded, a tiny model packaged and run, a library made, all in a temporary folder.</summary>
internal static class SelfTest
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("pictor-doctor-").FullName;
        try
        {
            string package = Path.Combine(folder, "doctor.pictor");
            return
            [
                Try("pictures", "JPEG and PNG encode and decode (SkiaSharp)", Pictures),
                Try("models", "a package is written, validated and run (ONNX Runtime)", () => Model(package)),
                await TryAsync("library", "a catalogue is made and opened (SQLite)", () => LibraryAsync(Path.Combine(folder, "library"), package, cancellationToken)),
                TrainerProcess.Find() is { } trainer
                    ? Finding.Ok("trainer", trainer)
                    : Finding.Missing("trainer", "not built yet", "The first './pictor train' builds it."),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Pictures()
    {
        var square = new Pixels(8, 8, 3, [.. Enumerable.Repeat((byte)200, 192)]);
        foreach (byte[] file in new[] { PictureWriter.Jpeg(square), PictureWriter.Png(square) })
        {
            if (PictureReader.Decode(file, "self-test").Width != 8) throw new InvalidOperationException("A picture came back with another size.");
        }
    }

    private static void Model(string path)
    {
        var input = new PictureShape(1, 8, 8);
        Network network = NetworkCatalog.Create("softmax", input, classes: 2);
        var manifest = new PackageManifest
        {
            Name = "doctor",
            Version = "1.0.0",
            Input = new Preprocessing(input, ResizePolicy.Stretch, [0.5f], [0.5f]),
            Outputs = OnnxWriter.Outputs,
            Classes = 2,
            EmbeddingLength = network.EmbeddingLength,
        };
        ModelPackage.Write(path, manifest, [new Label("a", "a"), new Label("b", "b")], OnnxWriter.Write(network, NetworkWeights.Random(network, seed: 1)), "# Self-test");
        using Annotator annotator = Annotator.Load(path);
        PictureReading reading = annotator.Read(new Pixels(8, 8, 1, new byte[64]));
        if (Math.Abs(reading.Probabilities.Sum() - 1) > 1e-4) throw new InvalidOperationException("Probabilities do not sum to one.");
    }

    private static async Task LibraryAsync(string folder, string package, CancellationToken cancellationToken)
    {
        await using PictureLibrary library = await PictureLibrary.OpenAsync(folder, cancellationToken: cancellationToken);
        await library.Models.AddAsync(package, cancellationToken);
    }

    private static Finding Try(string name, string works, Action probe)
    {
        try
        {
            probe();
            return Finding.Ok(name, works);
        }
        catch (Exception fault)
        {
            return Failure(name, fault);
        }
    }

    private static async Task<Finding> TryAsync(string name, string works, Func<Task> probe)
    {
        try
        {
            await probe();
            return Finding.Ok(name, works);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return Failure(name, fault);
        }
    }

    private static Finding Failure(string name, Exception fault) =>
        Finding.Failed(name, fault.GetBaseException().Message, "A native library is missing or of the wrong kind: build again from a clean clone on this system.");
}
