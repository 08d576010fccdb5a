using System.Text;

namespace Pictor.Datasets.Tests;

public sealed class TableTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private void Pictures(int count)
    {
        for (int i = 0; i < count; i++)
            _temp.Write($"pics/{i}.png", TempFolder.Png(i));
    }

    private async Task<string> Refused(string table)
    {
        _temp.Write("labels.csv", table);
        return (await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync("labels.csv"))).Message;
    }

    [Fact]
    public async Task OpenAsync_AllColumns_ReadsThemInAnyOrder()
    {
        Pictures(3);
        _temp.Write("labels.csv", "\uFEFFsplit,camera,path,group,label\r\ntrain,\"a, b\",pics/0.png,p1,cat\r\nvalidation,,pics/1.png,,\"do\"\"g\"\r\ntest,c,pics/2.png,p1,cat\r\n");
        using Dataset data = await _temp.OpenAsync("labels.csv");

        Assert.Equal(("csv", DatasetTask.SingleLabel), (data.Format, data.Task));
        Assert.Equal(["cat", "do\"g"], data.Labels.Select(l => l.Id));
        Assert.Equal([0, 1, 0], data.Samples.Select(s => s.Class));
        Assert.Equal([Split.Train, Split.Val, Split.Test], data.Samples.Select(s => s.Declared!.Value));
        Assert.Equal(["p1", null, "p1"], data.Samples.Select(s => s.Group));
        Assert.Equal("a, b", data.Samples[0].Columns["camera"]);
        Assert.Equal(Path.Combine(_temp.Path, "pics", "1.png"), data.Samples[1].File);
        Assert.Equal((6, 5), (data.Read(data.Samples[1]).Width, data.Read(data.Samples[1]).Height));
    }

    [Theory]
    [InlineData("file,labels\n0.png,a;b\n1.png,\n", "0 1|")]
    [InlineData("image,class\n0.png,b|a\n1.png,b\n", "0 1|1")]
    [InlineData("filename\tlabels\n0.png\tb\n1.png\ta\n", "1|0")]
    [InlineData("filename;label\n0.png;b\n1.png;a|b\n", "1|0 1")]
    public async Task OpenAsync_SeveralLabels_IsMultiLabel(string table, string classes)
    {
        _temp.Write(("0.png", TempFolder.Png(0)), ("1.png", TempFolder.Png(1)));
        _temp.Write("x.csv", table);
        using Dataset data = await _temp.OpenAsync("x.csv");

        Assert.Equal(DatasetTask.MultiLabel, data.Task);
        Assert.Equal(classes, string.Join('|', data.Samples.Select(s => string.Join(' ', s.Classes))));
    }

    [Fact]
    public async Task OpenAsync_Numbers_IsNumeric()
    {
        Pictures(2);
        _temp.Write("labels.csv", "path,value,group\npics/0.png,12.5,a\npics/1.png,-3e2,a\n");
        using Dataset data = await _temp.OpenAsync("labels.csv");

        Assert.Equal((DatasetTask.Numeric, 0), (data.Task, data.Labels.Count));
        Assert.Equal([12.5, -300], data.Samples.Select(s => s.Target!.Value));
        Assert.All(data.Samples, s => Assert.Equal(-1, s.Class));
    }

    [Fact]
    public async Task OpenAsync_FolderArchiveOrFile_IsTheSameData()
    {
        Pictures(4);
        byte[] table = Encoding.UTF8.GetBytes("path,label\n./pics/3.png,a\npics/../pics/0.png,b\npics/1.png,a\npics/2.png,b\n");
        _temp.Write("labels.csv", table);
        (string, byte[])[] files = [("set/labels.csv", table), .. Enumerable.Range(0, 4).Select(i => ($"set/pics/{i}.png", TempFolder.Png(i)))];
        _temp.Write(("x/a.zip", TempFolder.Zip(files)), ("x/a.tar", TempFolder.Tar(files)), ("x/a.tar.gz", TempFolder.Gzip(TempFolder.Tar(files))));

        foreach (string name in new[] { "", "labels.csv", "x/a.zip", "x/a.tar", "x/a.tar.gz" })
        {
            using Dataset data = await _temp.OpenAsync(name);
            Assert.Equal("csv", data.Format);
            Assert.Equal([TempFolder.Png(3), TempFolder.Png(0), TempFolder.Png(1), TempFolder.Png(2)], data.Samples.Select(s => data.FileOf(s)!.Value.ToArray()));
            Assert.Equal([0, 1, 0, 1], data.Samples.Select(s => s.Class));
        }
    }

    [Fact]
    public async Task OpenAsync_OneTableAPart_DeclaresTheParts()
    {
        Pictures(4);
        _temp.Write("train.csv", "path,label\npics/0.png,a\npics/1.png,b\n");
        _temp.Write("test.csv", "path,label\npics/2.png,a\npics/3.png,b\n");
        using Dataset data = await _temp.OpenAsync();

        Assert.Equal([Split.Test, Split.Test, Split.Train, Split.Train], data.Samples.Select(s => s.Declared!.Value));
        _temp.Write("more.csv", "path,label\npics/2.png,a\npics/3.png,b\n");
        Assert.Contains("second table", (await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_AbsolutePathsAndMissingFiles_AreFoundAndSkipped()
    {
        Pictures(3);
        using var elsewhere = new TempFolder();
        elsewhere.Write("labels.csv", $"path,label\n{Path.Combine(_temp.Path, "pics", "0.png")},a\n{Path.Combine(_temp.Path, "pics", "1.png")},b\nnone.png,a\nlabels.csv,b\n");
        using Dataset data = await elsewhere.OpenAsync();

        Assert.Equal(2, data.Samples.Count);
        Assert.Equal(2, data.Skipped.Count);
        Assert.Contains("no such file (labels.csv line 4)", data.Skipped[0].Reason, StringComparison.Ordinal);
        Assert.Contains("no picture", data.Skipped[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_FaultyTable_TellsWhereAndWhatElse()
    {
        Pictures(3);
        string message = await Refused("path,label,split\npics/0.png,a,trian\npics/1.png,,val\npics/2.png,b\n,b,train\n");
        foreach (string part in new[] { "line 2", "'trian' is no split", "Did you mean 'train'?", "line 3", "has no label", "line 4", "2 fields", "line 5", "path is empty" })
            Assert.Contains(part, message, StringComparison.Ordinal);

        Assert.Contains("labels.csv line 3: 'x' is no number", await Refused("path,target\npics/0.png,1\npics/1.png,x\n"), StringComparison.Ordinal);
        Assert.Contains("labels.csv line 3: 'pics/0.png' was named before, in labels.csv line 2", await Refused("path,label\npics/0.png,a\npics/0.png,b\n"), StringComparison.Ordinal);
        Assert.Contains("Did you mean 'label' by 'lable'?", await Refused("path,lable\npics/0.png,a\n"), StringComparison.Ordinal);
        Assert.Contains("'file' mean the same", await Refused("path,file,label\npics/0.png,b,a\n"), StringComparison.Ordinal);
        Assert.Contains("never closed", await Refused("path,label\n\"pics/0.png,a\n"), StringComparison.Ordinal);
        Assert.Contains("no rows", await Refused("path,label\n"), StringComparison.Ordinal);
        Assert.Contains("one class only", await Refused("path,label\npics/0.png,a\npics/1.png,a\n"), StringComparison.Ordinal);
        _temp.Write("labels.csv", [.. "path,label\npics/0.png,"u8, 0xE9, 10]);
        Assert.Contains("not UTF-8", (await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync("labels.csv"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_ManyFaults_TellsTwentyAndTheCount()
    {
        string message = await Refused("path,target\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i}.png,x{i}\n")));

        Assert.Contains("'x19'", message, StringComparison.Ordinal);
        Assert.DoesNotContain("'x20'", message, StringComparison.Ordinal);
        Assert.Contains("and 30 more", message, StringComparison.Ordinal);
    }
}
