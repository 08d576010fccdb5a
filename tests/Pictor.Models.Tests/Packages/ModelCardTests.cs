using System.Text.Json;
using Pictor.Models.Packages;

namespace Pictor.Models.Tests.Packages;

public sealed class ModelCardTests
{
    [Fact]
    public void Write_FullManifest_NamesFiguresInputAndOrigin()
    {
        PackageManifest manifest = TestModels.Make("mnist-cnn", new(1, 28, 28), 3).Manifest with
        {
            Provenance = new()
            {
                Network = "mnist-cnn",
                DataFingerprint = "abc123",
                Seed = 7,
                PictorVersion = "0.1.0",
                CreatedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
                Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["valAccuracy"] = 0.98765, ["auc"] = double.NaN },
                Recipe = JsonSerializer.SerializeToElement(new { epochs = 5 }),
            },
        };
        string card = ModelCard.Write(manifest, TestModels.Labels(3), "Digits written by hand.");
        foreach (string part in (string[])["# mnist-cnn 1.0.0", "`mnist-cnn`", "Digits written by hand.", "| valAccuracy | 0.9877 |", "| auc | not defined |", "28 x 28 pixels, grey", "2026-03-04", "Pictor 0.1.0", "`abc123`", "seed 7", "\"epochs\": 5", "class 0, class 1, class 2.", "embedding of 1568"])
            Assert.Contains(part, card, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NamesThatAreMarkup_StayPlain()
    {
        string card = ModelCard.Write(TestModels.Make("softmax", new(1, 4, 4), 2).Manifest, [new("a", "<script>|x"), new("b", "# title\n[link](x)")]);
        Assert.Contains(@"\<script\>\|x, \# title \[link\](x).", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ManyClasses_ListsTheFirst() =>
        Assert.Contains(" and 60 more", ModelCard.Write(TestModels.Make("softmax", new(1, 4, 4), 100).Manifest, TestModels.Labels(100)), StringComparison.Ordinal);
}
