using System.Text.Json;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class PresetTests
{
    [Fact]
    public void All_AreCheckedAndApplyToGreyAndColour()
    {
        foreach (AugmentationPreset preset in AugmentationPresets.All)
        {
            preset.Augmentation.Check(preset.Name);
            Assert.Equal(preset.Name == "none", preset.Augmentation.IsNone);
            Assert.Equal(preset.Augmentation, Augmentation.Named(preset.Name));
            Assert.Equal(28 * 28, Noise.Apply(preset.Augmentation, new PictureShape(1, 28, 28), new byte[28 * 28], 1, 1).Length);
            Assert.Equal(3 * 32 * 32, Noise.Apply(preset.Augmentation, new PictureShape(3, 32, 32), new byte[3 * 32 * 32], 1, 1).Length);
        }

        Assert.Equal(Augmentation.Named("fashion"), Augmentation.Named("clothes"));
        Assert.False(Augmentation.Named("digits") is { Flip: true } or { AlternatingFlip: true });
    }

    [Fact]
    public void Named_Misspelt_SuggestsTheNearest() =>
        Assert.Contains("did you mean 'everyday-small'", Assert.Throws<InputException>(() => Augmentation.Named("everyday-smal")).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_OfEveryField_IsWhatWasSaved()
    {
        using var temp = new TempFolder();
        string path = Path.Combine(temp.Path, "augment.json");
        Augmentation a = Augmentation.None;
        foreach (AugmentationField field in AugmentationField.All)
            a = field.With(a, field.Kind switch { AugmentationValue.Switch => true, AugmentationValue.Count => 3, AugmentationValue.Word => field.Words[^1], _ => 0.125 });
        a.Save(path);

        Assert.Equal(a, Augmentation.Load(path));
        Assert.Equal(typeof(Augmentation).GetProperties().Count(p => p.CanWrite && !p.GetMethod!.IsStatic), AugmentationField.All.Count);
        Assert.All(AugmentationField.All, field => Assert.NotEqual(a, field.With(a, field.Kind switch { AugmentationValue.Switch => false, AugmentationValue.Count => 2, AugmentationValue.Word => field.Words[0], _ => 0.25 })));
    }

    [Theory]
    [InlineData("\"digits\"")]
    [InlineData("{ \"preset\": \"digits\" }")]
    public void Load_OfAPresetsName_IsThePreset(string json)
    {
        using var temp = new TempFolder();
        Assert.Equal(Augmentation.Named("digits"), Augmentation.Load(temp.Write("augment.json", json)));
    }

    [Fact]
    public void Load_OfFieldsBesideAPreset_OverridesThem()
    {
        using var temp = new TempFolder();
        Augmentation read = Augmentation.Load(temp.Write("augment.json", """{ "erase": 0.5, "preset": "everyday-small", "crop": 2, "padding": "edge" }"""));
        Assert.Equal(Augmentation.Named("everyday-small") with { Erase = 0.5, Crop = 2, Padding = PaddingMode.Edge }, read);
    }

    [Fact]
    public void Read_WithManyFaults_TellsEachWithItsPlace()
    {
        using var json = JsonDocument.Parse("""{ "preset": "digit", "padding": "mirror", "hue": 0.7, "erasing": 1, "randAugment": 2.5, "trivialAugment": 1, "mixup": -1 }""");
        var faults = new List<string>();
        Augmentation.Read(json.RootElement, "augment.", faults);
        string all = string.Join("; ", faults);

        Assert.Equal(7, faults.Count);
        Assert.All(
            (string[])["augment.preset: there is no preset 'digit'; did you mean 'digits'?", "augment.padding is \"mirror\", expected edge or reflect", "augment.hue is 0.7, expected 0 to 0.5", "'augment.erasing'; did you mean 'augment.erase'?", "augment.randAugment is 2.5, expected a whole number", "augment.trivialAugment is 1, expected true or false", "augment.mixup is -1, expected 0 to 10"],
            part => Assert.Contains(part, all, StringComparison.Ordinal));
    }

    [Fact]
    public void Serializer_WithinALargerDocument_ReadsNamesAndObjects()
    {
        Augmentation[] read = JsonSerializer.Deserialize<Augmentation[]>("""["strong", { "preset": "strong", "erase": 0 }]""", PictorJson.Compact)!;
        Assert.Equal([Augmentation.Named("strong"), Augmentation.Named("strong") with { Erase = 0 }], read);
        Assert.Equal(read, JsonSerializer.Deserialize<Augmentation[]>(JsonSerializer.Serialize(read, PictorJson.Compact), PictorJson.Compact));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Augmentation>("\"storng\"", PictorJson.Compact));
    }
}
