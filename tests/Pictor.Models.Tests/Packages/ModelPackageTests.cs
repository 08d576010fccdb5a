using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pictor.Models.Packages;

namespace Pictor.Models.Tests.Packages;

public sealed class ModelPackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelPackageTests() => TestModels.Write(Good, "softmax", new(1, 4, 4), 3);

    private string Good => _folder["good.pictor"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_WhatWriteWrote_GivesEverythingBack()
    {
        (PackageManifest manifest, byte[] onnx) = TestModels.Make("softmax", new(1, 4, 4), 3);
        Label[] labels =
        [
            new("a\tb\\", "line\nend|pipe", "中文\r") { Synonyms = ["x|y", "\\", "z"], Broader = ["\\n"] },
            new("b", "b"),
            new("c", " "),
        ];
        manifest = manifest with { Provenance = new() { Network = "softmax", Seed = 9, Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["valAccuracy"] = 0.5, ["auc"] = double.NaN } } };
        ModelPackage.Write(_folder["x.pictor"], manifest, labels, onnx, "# Grüße\n");
        ModelPackage package = ModelPackage.Open(_folder["x.pictor"]);
        Assert.Equal("# Grüße\n", package.Card);
        Assert.Equal(onnx, package.Onnx.ToArray());
        Assert.Equal("softmax@1.0.0", package.Reference);
        Assert.Equal(JsonSerializer.Serialize(labels, PictorJson.Compact), JsonSerializer.Serialize(package.Labels, PictorJson.Compact));
        Assert.Equal(JsonSerializer.Serialize(manifest with { Files = package.Manifest.Files }, PictorJson.Compact), JsonSerializer.Serialize(package.Manifest, PictorJson.Compact));
        Assert.Equal(Imaging.ContentHash.Sha256Of(File.ReadAllBytes(_folder["x.pictor"])), package.Sha256);
    }

    [Fact]
    public void Write_Twice_GivesEqualBytesAndLeavesNothingElse()
    {
        byte[] first = File.ReadAllBytes(Good);
        TestModels.Write(Good, "softmax", new(1, 4, 4), 3);
        Assert.Equal(first, File.ReadAllBytes(Good));
        Assert.Equal([Good], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_IsAZipThatOthersRead()
    {
        using ZipArchive zip = ZipFile.OpenRead(Good);
        Assert.Equal(["package.json", "model.onnx", "labels.tsv", "card.md"], zip.Entries.Select(entry => entry.FullName), StringComparer.Ordinal);
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.Contains("\"schema\": 1", Read(zip, "package.json"), StringComparison.Ordinal);
        Assert.StartsWith("id\tenglish\tchinese\tsynonyms\tbroader\nn0\tclass 0\t类0\tklass 0\tthing\n", Read(zip, "labels.tsv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AnyByteChanged_IsRefused()
    {
        byte[] good = File.ReadAllBytes(Good);
        string bad = _folder["bad.pictor"];
        for (int at = 0; at < good.Length; at++)
        {
            byte[] bytes = [.. good];
            bytes[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(bad, bytes);
            var e = Record.Exception(() => ModelPackage.Open(bad));
            Assert.True(e is InputException, $"byte {at} of {good.Length}: {e?.GetType().Name ?? "accepted"}");
        }
    }

    // Without the seal (packed anew by another tool) only fields that carry nothing may change: dates, attributes, versions.
    [Fact]
    public void Open_AnyByteChangedWithoutSeal_IsRefusedOrMeansTheSame()
    {
        Repack(_ => { });
        byte[] repacked = File.ReadAllBytes(_folder["repacked.pictor"]);
        string expected = Everything(ModelPackage.Open(_folder["repacked.pictor"]));
        for (int at = 0; at < repacked.Length; at++)
        {
            byte[] bytes = [.. repacked];
            bytes[at] ^= 0x55;
            File.WriteAllBytes(_folder["bad.pictor"], bytes);
            try
            {
                Assert.Equal(expected, Everything(ModelPackage.Open(_folder["bad.pictor"])));
            }
            catch (InputException)
            {
                // Refused.
            }
        }
    }

    [Fact]
    public void Open_CutOffAnywhere_IsRefused()
    {
        byte[] good = File.ReadAllBytes(Good);
        foreach (int length in Enumerable.Range(0, 60).Select(i => i * good.Length / 60))
        {
            File.WriteAllBytes(_folder["bad.pictor"], good[..length]);
            Assert.Throws<InputException>(() => ModelPackage.Open(_folder["bad.pictor"]));
        }
    }

    [Fact]
    public void Open_NewerSchema_SaysSo()
    {
        InputException e = Refused(members => EditManifest(members, json => json["schema"] = 2));
        Assert.Equal("package.unknown-schema", e.Code);
        Assert.Contains("newer Pictor", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("package.json", "package.not-a-package")]
    [InlineData("model.onnx", "package.missing-member")]
    [InlineData("labels.tsv", "package.missing-member")]
    [InlineData("card.md", "package.missing-member")]
    public void Open_WithoutAMember_SaysSo(string member, string code)
    {
        InputException e = Refused(members => members.Remove(member));
        Assert.Equal(code, e.Code);
        Assert.Contains(member, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("labels.tsv")]
    [InlineData("card.md")]
    public void Open_AChangedMember_IsAWrongHash(string member)
    {
        InputException e = Refused(members => members[member] = [.. members[member], 10]);
        Assert.Equal("package.wrong-hash", e.Code);
        Assert.Contains(member, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classes", "4")]
    [InlineData("embeddingLength", "17")]
    [InlineData("input", """{"shape":{"channels":1,"height":5,"width":4},"policy":"stretch","mean":[0],"std":[1]}""")]
    [InlineData("input", """{"shape":{"channels":3,"height":4,"width":4},"policy":"stretch","mean":[0,0,0],"std":[1,1,1]}""")]
    [InlineData("outputs", """{"probabilities":"nothing","embedding":"embedding"}""")]
    [InlineData("outputs", """{"probabilities":"embedding","embedding":"probabilities"}""")]
    public void Open_ManifestThatDisagreesWithTheModel_IsAWrongShape(string field, string value) =>
        Assert.Equal("package.wrong-shape", Refused(members => EditManifest(members, json => json[field] = JsonNode.Parse(value))).Code);

    [Fact]
    public void Open_OneLabelTooMany_IsAWrongShape()
    {
        InputException e = Refused(members => Replace(members, "labels.tsv", [.. members["labels.tsv"], .. "n3\tclass 3\t\t\t\n"u8]));
        Assert.Equal("package.wrong-shape", e.Code);
        Assert.Contains("4 classes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AnotherTask_IsUnsupported() =>
        Assert.Equal("package.unsupported-task", Refused(members => EditManifest(members, json => json["task"] = "detector")).Code);

    [Theory]
    [InlineData("name", "\"../up\"")]
    [InlineData("name", "\"\"")]
    [InlineData("name", "null")]
    [InlineData("version", "\"1 0\"")]
    [InlineData("layout", "\"nhwc\"")]
    [InlineData("colourOrder", "\"bgr\"")]
    [InlineData("classes", "0")]
    [InlineData("classes", "1e99")]
    [InlineData("classes", "\"ten\"")]
    [InlineData("tagThreshold", "2")]
    [InlineData("tagThreshold", "null")]
    [InlineData("outputs", "{}")]
    [InlineData("outputs", "null")]
    [InlineData("outputs", """{"probabilities":null,"embedding":"embedding"}""")]
    [InlineData("outputs", """{"probabilities":"probabilities","embedding":"embedding","other":"logits"}""")]
    [InlineData("input", "null")]
    [InlineData("input", """{"shape":{"channels":1,"height":4,"width":4},"policy":"stretch","mean":[0],"std":[0]}""")]
    [InlineData("input", """{"shape":{"channels":1,"height":4,"width":4},"policy":"stretch","mean":[0,1],"std":[1]}""")]
    [InlineData("input", """{"shape":{"channels":1,"height":4,"width":4},"policy":9,"mean":[0],"std":[1]}""")]
    [InlineData("input", """{"shape":{"channels":1,"height":4,"width":4},"policy":"stretch"}""")]
    [InlineData("schema", "\"1\"")]
    [InlineData("thresholds", """{"n0":1.5}""")]
    [InlineData("thresholds", """{"n0":-0.1}""")]
    [InlineData("thresholds", """{"nobody":0.5}""")]
    [InlineData("calibration", """{"temperature":0}""")]
    [InlineData("calibration", """{"temperature":1,"samples":-1}""")]
    [InlineData("calibration", """{"temperature":1,"errorAfter":1.1}""")]
    [InlineData("calibration", "{}")]
    [InlineData("task", "\"regressor\"")]
    public void Open_BadManifest_IsRefused(string field, string value) =>
        Assert.Equal("package.bad-manifest", Refused(members => EditManifest(members, json => json[field] = JsonNode.Parse(value))).Code);

    [Fact]
    public void Open_ThresholdsOfUnknownClasses_NamesThemAndTheNearest()
    {
        InputException e = Refused(members => EditManifest(members, json => json["thresholds"] = JsonNode.Parse("""{"n0":0.5,"n9x":0.5,"m1":0.5}""")));
        Assert.Contains("'n9x'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'m1', which is no label's id (did you mean 'n1'?)", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"schema\":1}")]
    [InlineData("{\"schema\":1,")]
    [InlineData("null")]
    public void Open_ManifestThatIsNone_IsRefused(string json) =>
        Assert.StartsWith("package.", Refused(members => members["package.json"] = Encoding.UTF8.GetBytes(json)).Code, StringComparison.Ordinal);

    [Theory]
    [InlineData("n0\tclass\n")]
    [InlineData("n0\tclass\t\t\t\nn0\tclass\t\t\t\nn2\tc\t\t\t\n")]
    [InlineData("\tclass\t\t\t\n")]
    public void Open_BadLabels_NamesTheLine(string lines)
    {
        InputException e = Refused(members => Replace(members, "labels.tsv", Encoding.UTF8.GetBytes("id\tenglish\tchinese\tsynonyms\tbroader\n" + lines)));
        Assert.Equal("package.bad-labels", e.Code);
        Assert.Contains("line ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoOnnx_IsNotRunnable() =>
        Assert.Equal("package.not-runnable", Refused(members => Replace(members, "model.onnx", "no onnx at all"u8.ToArray())).Code);

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("/etc/evil")]
    [InlineData("notes.txt")]
    public void Open_ForeignMember_IsRefused(string name) =>
        Assert.Equal("package.not-a-package", Refused(members => members[name] = [1]).Code);

    [Fact]
    public void Open_CompressedMembers_AreRefusedUnread()
    {
        Repack(members => members["card.md"] = new byte[50_000_000], CompressionLevel.SmallestSize);
        Assert.InRange(new FileInfo(_folder["repacked.pictor"]).Length, 1, 1_000_000);
        var e = Assert.Throws<InputException>(() => ModelPackage.Open(_folder["repacked.pictor"]));
        Assert.Equal("package.not-a-package", e.Code);
        Assert.Contains("stored", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SomethingElse_IsRefused()
    {
        File.WriteAllText(_folder["a.txt"], "hello");
        File.WriteAllBytes(_folder["empty"], []);
        Assert.Equal("package.not-a-package", Assert.Throws<InputException>(() => ModelPackage.Open(_folder["a.txt"])).Code);
        Assert.Equal("package.not-a-package", Assert.Throws<InputException>(() => ModelPackage.Open(_folder["empty"])).Code);
        Assert.Equal("package.not-found", Assert.Throws<InputException>(() => ModelPackage.Open(_folder["nowhere"])).Code);
        Assert.Contains("folder", Assert.Throws<InputException>(() => ModelPackage.Open(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => ModelPackage.Open("\0"));
    }

    [Fact]
    public void Write_WhatOpenWouldRefuse_LeavesTheOldFile()
    {
        (PackageManifest manifest, byte[] onnx) = TestModels.Make("softmax", new(1, 4, 4), 3);
        byte[] before = File.ReadAllBytes(Good);
        Assert.Throws<InputException>(() => ModelPackage.Write(Good, manifest, TestModels.Labels(4), onnx, ""));
        Assert.Throws<InputException>(() => ModelPackage.Write(Good, manifest with { Name = "a/b" }, TestModels.Labels(3), onnx, ""));
        Assert.Throws<InputException>(() => ModelPackage.Write(Good, manifest with { EmbeddingLength = 5 }, TestModels.Labels(3), onnx, ""));
        Assert.Equal("package.not-written", Assert.Throws<InputException>(() => ModelPackage.Write(_folder["no/where.pictor"], manifest, TestModels.Labels(3), onnx, "")).Code);
        Assert.Equal(before, File.ReadAllBytes(Good));
        Assert.Equal([Good], Directory.GetFiles(_folder.Path));
    }

    private static string Everything(ModelPackage package) =>
        JsonSerializer.Serialize(package.Manifest, PictorJson.Compact) + JsonSerializer.Serialize(package.Labels, PictorJson.Compact) + Convert.ToBase64String(package.Onnx.Span) + package.Card;

    private static void EditManifest(Dictionary<string, byte[]> members, Action<JsonObject> edit)
    {
        JsonObject json = JsonNode.Parse(members["package.json"])!.AsObject();
        edit(json);
        members["package.json"] = Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    // A member and its hash, as someone would who means to.
    private static void Replace(Dictionary<string, byte[]> members, string name, byte[] content)
    {
        members[name] = content;
        EditManifest(members, json => json["files"]!.AsObject()[name] = Imaging.ContentHash.Sha256Of(content));
    }

    private InputException Refused(Action<Dictionary<string, byte[]>> edit)
    {
        Repack(edit);
        return Assert.ThrowsAny<InputException>(() => ModelPackage.Open(_folder["repacked.pictor"]));
    }

    private void Repack(Action<Dictionary<string, byte[]>> edit, CompressionLevel level = CompressionLevel.NoCompression)
    {
        var members = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using (ZipArchive zip = ZipFile.OpenRead(Good))
        {
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                using Stream stream = entry.Open();
                var copy = new MemoryStream();
                stream.CopyTo(copy);
                members[entry.FullName] = copy.ToArray();
            }
        }

        edit(members);
        using var file = new FileStream(_folder["repacked.pictor"], FileMode.Create);
        using var packed = new ZipArchive(file, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in members)
        {
            using Stream stream = packed.CreateEntry(name, level).Open();
            stream.Write(content);
        }
    }

    private static string Read(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
