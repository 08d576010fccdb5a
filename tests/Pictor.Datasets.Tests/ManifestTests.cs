using System.Buffers.Binary;

namespace Pictor.Datasets.Tests;

public sealed class ManifestTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private string At(string name) => Path.Combine(_temp.Path, name);

    private void Classes(string folder) =>
        _temp.Write([.. Enumerable.Range(0, 6).Select(i => ($"{folder}/{(i % 2 == 0 ? "cat" : "dog")}/{i}.png", TempFolder.Png(i)))]);

    private void Base(string kind)
    {
        (string Name, byte[] Bytes)[] files = [.. Enumerable.Range(0, 6).Select(i => ($"{(i % 2 == 0 ? "cat" : "dog")}/{i}.png", TempFolder.Png(i)))];
        byte[] Idx(byte[] data, params int[] dimensions)
        {
            byte[] header = [0, 0, 8, (byte)dimensions.Length, .. dimensions.SelectMany(d => { var b = new byte[4]; BinaryPrimitives.WriteInt32BigEndian(b, d); return b; })];
            return [.. header, .. data];
        }

        switch (kind)
        {
            case "folder": Classes("base"); break;
            case "zip": _temp.Write("base", TempFolder.Zip(files)); break;
            case "tar.gz": _temp.Write("base", TempFolder.Gzip(TempFolder.Tar(files))); break;
            case "csv": _temp.Write(files); _temp.Write("base", "path,label,split\n" + string.Concat(files.Select((f, i) => $"{f.Name},{f.Name[..3]},{(i < 3 ? "train" : "val")}\n"))); break;
            default:
                _temp.Write("base/train-images-idx3-ubyte", Idx([.. Enumerable.Range(0, 6 * 20).Select(i => (byte)i)], 6, 5, 4));
                _temp.Write("base/train-labels-idx1-ubyte", Idx([0, 1, 0, 1, 0, 1], 6));
                break;
        }
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    [InlineData("csv")]
    [InlineData("idx")]
    public async Task WriteAsync_OverEveryBase_GivesExactlyTheChosenSamples(string kind)
    {
        Base(kind);
        using Dataset data = await _temp.OpenAsync("base");
        Sample[] chosen = [data.Samples[4] with { Class = 1, Declared = Split.Test, Group = "g" }, data.Samples[0], data.Samples[1] with { Declared = Split.Val }];
        string fingerprint = await DatasetManifest.WriteAsync(At("m.manifest.jsonl"), data, chosen, "for a test", TestContext.Current.CancellationToken);
        using Dataset read = await _temp.OpenAsync("m.manifest.jsonl");

        Assert.Equal(("manifest", fingerprint), (read.Format, read.Fingerprint));
        Assert.Equal(chosen.Select(s => (s.File, s.Sha256, s.Class, s.Declared, s.Group)), read.Samples.Select(s => (s.File, s.Sha256, s.Class, s.Declared, s.Group)));
        Assert.Equal([0, 1, 2], read.Samples.Select(s => s.Index));
        Assert.Equal(chosen.Select(s => data.Read(s).Data), read.Samples.Select(s => read.Read(s).Data));
        Assert.Equal(chosen.Select(s => data.ReadHeader(s)), read.Samples.Select(s => read.ReadHeader(s)));
        Assert.Equal(data.Labels.Select(l => l.Id), read.Labels.Select(l => l.Id));

        string again = await DatasetManifest.WriteAsync(At("sub/again.manifest.jsonl"), read, read.Samples, cancellationToken: TestContext.Current.CancellationToken);
        using Dataset third = await _temp.OpenAsync("sub/again.manifest.jsonl");
        Assert.Equal((fingerprint, fingerprint, data.Path), (again, third.Fingerprint, third.BasePath));
    }

    [Fact]
    public async Task WriteAsync_EverythingASampleHolds_ComesBack()
    {
        Classes("base");
        using Dataset data = await _temp.OpenAsync("base");
        var box = new BoundingBox(0.1, 1 / 3.0, 0.25, 0.5);
        Sample rich = data.Samples[2] with { Target = 1 / 7.0, Group = "组", Boxes = [new SampleBox(1, box)], Columns = new Dictionary<string, string>(StringComparer.Ordinal) { ["camera"] = "\"A\", b\n" } };
        await DatasetManifest.WriteAsync(At("m.manifest.jsonl"), data, [rich, data.Samples[0]], cancellationToken: TestContext.Current.CancellationToken);
        using Dataset read = await _temp.OpenAsync("m.manifest.jsonl");

        Assert.Equal((1 / 7.0, "组", new SampleBox(1, box), "\"A\", b\n"), (read.Samples[0].Target, read.Samples[0].Group, read.Samples[0].Boxes[0], read.Samples[0].Columns["camera"]));
    }

    [Fact]
    public async Task OpenAsync_MovedWithItsBase_IsTheSame()
    {
        Classes("a/base");
        using (Dataset data = await _temp.OpenAsync("a/base"))
            await DatasetManifest.WriteAsync(At("a/m.manifest.jsonl"), data, data.Samples, cancellationToken: TestContext.Current.CancellationToken);
        using (Dataset before = await _temp.OpenAsync("a/m.manifest.jsonl"))
        {
            Directory.Move(At("a"), At("b"));
            using Dataset after = await _temp.OpenAsync("b/m.manifest.jsonl");
            Assert.Equal(before.Fingerprint, after.Fingerprint);
        }
    }

    [Fact]
    public async Task OpenAsync_PictureGoneOrChanged_IsSkippedOrRefused()
    {
        Classes("base");
        using (Dataset data = await _temp.OpenAsync("base"))
            await DatasetManifest.WriteAsync(At("m.manifest.jsonl"), data, data.Samples, cancellationToken: TestContext.Current.CancellationToken);
        using Dataset whole = await _temp.OpenAsync("m.manifest.jsonl");
        File.Delete(At("base/dog/3.png"));
        using (Dataset read = await _temp.OpenAsync("m.manifest.jsonl"))
        {
            Assert.Equal((5, "dog/3.png"), (read.Samples.Count, read.Skipped.Single().File));
            Assert.NotEqual(whole.Fingerprint, read.Fingerprint);
            Assert.Equal(TempFolder.Png(5), read.FileOf(read.Samples[4])!.Value.ToArray());
        }

        _temp.Write("base/cat/2.png", TempFolder.Png(99));
        string message = (await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync("m.manifest.jsonl"))).Message;
        Assert.Contains("One picture has changed", message, StringComparison.Ordinal);
        Assert.Contains(At("base/cat/2.png"), message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_EditedOrBroken_SaysWhere()
    {
        Classes("base");
        using (Dataset data = await _temp.OpenAsync("base"))
            await DatasetManifest.WriteAsync(At("m.manifest.jsonl"), data, data.Samples, cancellationToken: TestContext.Current.CancellationToken);
        string[] lines = await File.ReadAllLinesAsync(At("m.manifest.jsonl"), TestContext.Current.CancellationToken);

        async Task Refused(string[] text, params string[] words)
        {
            _temp.Write("x.manifest.jsonl", string.Join('\n', text));
            string message = (await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync("x.manifest.jsonl"))).Message;
            Assert.All(words, w => Assert.Contains(w, message, StringComparison.Ordinal));
        }

        await Refused([lines[0], .. lines[1..].Select((l, i) => i == 2 ? l.Replace("cat\"]", "dog\"]", StringComparison.Ordinal) : l)], "changed after it was written");
        await Refused([lines[0], lines[1].Replace("[\"cat\"]", "[\"cta\"]", StringComparison.Ordinal), "{", lines[2], lines[2], lines[3].Replace("\"sha256\"", "\"sha\"", StringComparison.Ordinal)],
            "line 2: class 'cta' is not among the 2 classes", "Did you mean 'cat'?", "line 3", "line 5", "named before", "line 6");
        await Refused(lines[..4], "announces 6 samples, and 3 follow");
        await Refused([lines[0].Replace("\"pictorManifest\":1", "\"pictorManifest\":2", StringComparison.Ordinal), .. lines[1..]], "version 2");
        await Refused([lines[0].Replace("\"base\":\"base\"", "\"base\":\"bsae\"", StringComparison.Ordinal), .. lines[1..]], "is not there", "\"base\"");
        await Refused(["{}"], "line 1", "no header");
        await Refused([""], "empty");
        await Refused([lines[0], .. lines[1..6], "{\"file\":\"a\",\"sha256\":\"" + new string('0', 64) + "\",\"labels\":[null]}"], "line 7", "class ''");
    }

    [Fact]
    public async Task WriteAsync_NothingLeftOrForeignClass_IsRefusedAndLeavesNothing()
    {
        Classes("base");
        using Dataset data = await _temp.OpenAsync("base");

        await Assert.ThrowsAsync<InputException>(() => DatasetManifest.WriteAsync(At("m.manifest.jsonl"), data, [], cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InputException>(() => DatasetManifest.WriteAsync(At("m.manifest.jsonl"), data, [data.Samples[0] with { Class = 2 }], cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DatasetManifest.WriteAsync(At("m.manifest.jsonl"), data, data.Samples, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(["base"], Directory.GetFileSystemEntries(_temp.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task OpenAsync_ManifestInsideItsFolder_IsNoSkippedFile()
    {
        Classes("base");
        using (Dataset data = await _temp.OpenAsync("base"))
            await DatasetManifest.WriteAsync(At("base/m.manifest.jsonl"), data, data.Samples, cancellationToken: TestContext.Current.CancellationToken);
        using Dataset again = await _temp.OpenAsync("base");
        using Dataset read = await _temp.OpenAsync("base/m.manifest.jsonl");

        Assert.Empty(again.Skipped);
        Assert.Equal(6, read.Samples.Count);
    }
}
