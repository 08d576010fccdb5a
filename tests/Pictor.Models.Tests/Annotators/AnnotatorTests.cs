using Pictor.Imaging;
using Pictor.Models.Annotators;

namespace Pictor.Models.Tests.Annotators;

public sealed class AnnotatorTests
{
    private static readonly PictureShape Shape = new(1, 28, 28);

    [Fact]
    public void Read_OnePicture_EqualsRunOfItsPlanes()
    {
        using var folder = new TemporaryFolder();
        TestModels.Write(folder["m.pictor"], "mnist-cnn", Shape, 10);
        using var annotator = Annotator.Load(folder["m.pictor"]);
        var random = new Random(1);
        var planes = new byte[100 * Shape.Length];
        random.NextBytes(planes);
        var probabilities = new float[1000];
        var embeddings = new float[100 * annotator.Package.Manifest.EmbeddingLength];
        annotator.Run(planes, 100, probabilities, embeddings);
        for (int i = 0; i < 100; i += 33)
        {
            PictureReading reading = annotator.Read(new Pixels(28, 28, 1, planes[(i * 784)..((i + 1) * 784)]));
            Assert.Equal(1, reading.Probabilities.Sum(), 1e-5);
            for (int k = 0; k < 10; k++)
                Assert.Equal(reading.Probabilities[k], probabilities[(i * 10) + k], 1e-5f);
            for (int k = 0; k < reading.Embedding.Length; k++)
                Assert.Equal(reading.Embedding[k], embeddings[(i * reading.Embedding.Length) + k], 1e-5f);
        }
    }
}
