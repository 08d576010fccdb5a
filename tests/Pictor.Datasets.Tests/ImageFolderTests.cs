namespace Pictor.Datasets.Tests;

public sealed class ImageFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task OpenAsync_ClassFolders_SamplesInStableOrder()
    {
        _temp.Write(("dog/2.png", TempFolder.Png(1)), ("dog/10.png", TempFolder.Png(2)), ("cat/more/deep.jpg", TempFolder.Png(3)), ("cat/b.png", TempFolder.Png(4)));
        using Dataset data = await _temp.OpenAsync();

        Assert.Equal("folder", data.Format);
        Assert.Equal("cat dog", string.Join(' ', data.Labels.Select(l => l.Id)));
        Assert.Equal("cat/b.png cat/more/deep.jpg dog/10.png dog/2.png", string.Join(' ', data.Samples.Select(s => Path.GetRelativePath(_temp.Path, s.File).Replace('\\', '/'))));
        Assert.Equal([0, 1, 2, 3], data.Samples.Select(s => s.Index));
        Assert.All(data.Samples, s => Assert.Null(s.Declared));
        Assert.Equal((6, 5, 3), (data.Read(data.Samples[1]).Width, data.Read(data.Samples[1]).Height, data.Read(data.Samples[1]).Channels));
    }

    [Theory]
    [InlineData("train", "val", "test")]
    [InlineData("Training", "valid", "testing")]
    [InlineData("train", "validation", "Test")]
    public async Task OpenAsync_PartsAboveTheClasses_AreDeclared(string train, string val, string test)
    {
        _temp.Write(($"{train}/a/1.png", TempFolder.Png(1)), ($"{train}/b/1.png", TempFolder.Png(2)), ($"{val}/a/1.png", TempFolder.Png(3)), ($"{test}/b/1.png", TempFolder.Png(4)));
        using Dataset data = await _temp.OpenAsync();

        Assert.Equal([Split.Train, Split.Train, Split.Val, Split.Test], data.Samples.Select(s => s.Declared!.Value));
        Assert.Equal([0, 1, 0, 1], data.Samples.Select(s => s.Class));
    }

    [Fact]
    public async Task For_ClassWithoutTrainingPicture_SaysSo()
    {
        _temp.Write(("train/a/1.png", TempFolder.Png(1)), ("train/b/1.png", TempFolder.Png(2)), ("val/images/1.png", TempFolder.Png(3)));
        using Dataset data = await _temp.OpenAsync();

        Assert.Contains("1 of 3 classes have no training picture ('images')", SplitPlan.For(data, 1).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_AClassCalledTrain_IsAClass()
    {
        _temp.Write(("bus/1.png", TempFolder.Png(1)), ("car/1.png", TempFolder.Png(2)), ("train/1.png", TempFolder.Png(3)), ("train/steam/2.png", TempFolder.Png(4)));
        using Dataset data = await _temp.OpenAsync();

        Assert.Equal("bus car train", string.Join(' ', data.Labels.Select(l => l.Id)));
        Assert.Equal(4, data.Samples.Count);
    }

    [Fact]
    public async Task OpenAsync_NumbersAsIds_SortAsNumbers()
    {
        foreach (string id in (string[])["10", "9", "2", "100"])
            _temp.Write($"{id}/x.png", TempFolder.Png(id.Length));
        using Dataset data = await _temp.OpenAsync();

        Assert.Equal("2 9 10 100", string.Join(' ', data.Labels.Select(l => l.Id)));
    }

    [Fact]
    public async Task OpenAsync_ClutterAndNoPictures_AreIgnoredOrListed()
    {
        _temp.Write(
            ("a/1.png", TempFolder.Png(1)), ("b/1.bmp", TempFolder.Png(2)), (".git/x/1.png", TempFolder.Png(3)), ("__MACOSX/a/1.png", TempFolder.Png(4)), ("a/._1.png", TempFolder.Png(5)),
            ("a/Thumbs.db", [1, 2, 3]), ("a/notes.txt", "hello"u8.ToArray()), ("a/empty.png", []), ("loose.png", TempFolder.Png(6)));
        using Dataset data = await _temp.OpenAsync();

        Assert.Equal(2, data.Samples.Count);
        Assert.Equal("a/empty.png a/notes.txt loose.png", string.Join(' ', data.Skipped.Select(s => Path.GetRelativePath(_temp.Path, s.File).Replace('\\', '/'))));
        Assert.All(data.Skipped, s => Assert.EndsWith(".", s.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenAsync_LinksThatLoop_EndAndAreListed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs rights on Windows.");
        _temp.Write(("a/1.png", TempFolder.Png(1)), ("b/1.png", TempFolder.Png(2)));
        using var elsewhere = new TempFolder();
        elsewhere.Write("2.png", TempFolder.Png(3));
        Directory.CreateSymbolicLink(Path.Combine(_temp.Path, "a", "up"), _temp.Path);
        Directory.CreateSymbolicLink(Path.Combine(_temp.Path, "b", "self"), Path.Combine(_temp.Path, "b"));
        Directory.CreateSymbolicLink(Path.Combine(_temp.Path, "c"), elsewhere.Path);
        File.CreateSymbolicLink(Path.Combine(_temp.Path, "a", "broken.png"), Path.Combine(_temp.Path, "nowhere.png"));
        File.CreateSymbolicLink(Path.Combine(_temp.Path, "a", "linked.png"), Path.Combine(elsewhere.Path, "2.png"));
        using Dataset data = await _temp.OpenAsync();

        Assert.Equal("a b c", string.Join(' ', data.Labels.Select(l => l.Id)));
        Assert.Equal(4, data.Samples.Count);
        Assert.Equal(3, data.Skipped.Count);
    }

    [Fact]
    public async Task OpenAsync_APipeAmongThePictures_IsNotOpened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes are made by mkfifo.");
        _temp.Write(("a/1.png", TempFolder.Png(1)), ("b/1.png", TempFolder.Png(2)));
        using (var process = System.Diagnostics.Process.Start("mkfifo", Path.Combine(_temp.Path, "a", "pipe.png")))
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        using Dataset data = await _temp.OpenAsync();

        Assert.Equal(2, data.Samples.Count);
        Assert.Single(data.Skipped);
    }

    [Theory]
    [InlineData("labels.tsv")]
    [InlineData("wnids.tsv")]
    [InlineData("train/labels.tsv")]
    public async Task OpenAsync_WithTable_NamesTheClasses(string table)
    {
        _temp.Write(("train/n01/1.png", TempFolder.Png(1)), ("train/n02/1.png", TempFolder.Png(2)));
        _temp.Write(table, "id\twords\nn02\ttabby, tabby cat\t虎斑猫\r\nn99\tnot here\n");
        using Dataset data = await _temp.OpenAsync();

        Assert.Equal(("n01", "n01"), (data.Labels[0].Id, data.Labels[0].Name));
        Assert.Equal(("n02", "tabby", "虎斑猫", "tabby cat"), (data.Labels[1].Id, data.Labels[1].Name, data.Labels[1].Chinese, data.Labels[1].Synonyms.Single()));
        Assert.Empty(data.Skipped);
    }

    [Fact]
    public async Task OpenAsync_TableAboveTheFolder_IsFound()
    {
        _temp.Write(("set/n01/1.png", TempFolder.Png(1)), ("set/n02/1.png", TempFolder.Png(2)));
        _temp.Write("wnids.tsv", "n01\tgoldfish\nn02\ttench\n");
        using Dataset data = await _temp.OpenAsync("set");

        Assert.Equal("goldfish tench", string.Join(' ', data.Labels.Select(l => l.Name)));
    }

    [Fact]
    public async Task OpenAsync_FaultyTable_TellsEveryFault()
    {
        _temp.Write(("n01/1.png", TempFolder.Png(1)), ("n02/1.png", TempFolder.Png(2)));
        _temp.Write("labels.tsv", "n01\tgoldfish\nn02 tench\nn01\tcarp\n");
        var e = await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync());

        Assert.Contains("line 2", e.Message, StringComparison.Ordinal);
        Assert.Contains("line 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_NothingUsable_SaysWhatItFound()
    {
        async Task Refused(string name, params string[] words)
        {
            var e = await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync(name));
            Assert.All(words, w => Assert.Contains(w, e.Message, StringComparison.OrdinalIgnoreCase));
        }

        Directory.CreateDirectory(Path.Combine(_temp.Path, "empty"));
        _temp.Write(("one/cat/1.png", TempFolder.Png(1)), ("flat/1.png", TempFolder.Png(1)), ("flat/2.png", TempFolder.Png(2)), ("text/a/x.txt", [65]), ("single.jpg", TempFolder.Png(1)), ("nothing.zip", []), ("x.xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]));
        await Refused("empty", "empty", ".tar.gz");
        await Refused("one", "one class only", "'cat'");
        await Refused("flat", "2 pictures", "class folders");
        await Refused("text", "no picture", "x.txt");
        await Refused("single.jpg", "one picture (Png)");
        await Refused("nothing.zip", "empty");
        await Refused("x.xz", "xz", "repack");
        await Refused("falt", "no such folder", "Did you mean", "flat");
        await Refused("text/a/x.txt", "neither an archive");
    }

    [Fact]
    public async Task Read_FileGoneOrBroken_IsAnInputException()
    {
        _temp.Write(("a/1.png", TempFolder.Png(1)), ("b/1.png", TempFolder.Png(2)[..60]));
        using Dataset data = await _temp.OpenAsync();
        File.Delete(data.Samples[0].File);

        Assert.Contains("gone", Assert.ThrowsAny<InputException>(() => data.Read(data.Samples[0])).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<InputException>(() => data.Read(data.Samples[1]));
    }
}
