using System.Buffers.Binary;
using CsCheck;

namespace Pictor.Datasets.Tests;

public sealed class IdxTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private static byte[] Idx(byte[] data, params int[] dimensions)
    {
        var bytes = new byte[4 + (4 * dimensions.Length) + data.Length];
        bytes[2] = 8;
        bytes[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), dimensions[i]);
        data.CopyTo(bytes.AsSpan(4 + (4 * dimensions.Length)));
        return bytes;
    }

    private static byte[] Values(int seed, int count)
    {
        var random = new CounterRandom(seed, 0);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next())];
    }

    private void WritePair(string part, byte[] pixels, byte[] labels, int height, int width, bool zipped = false)
    {
        byte[] images = Idx(pixels, labels.Length, height, width), classes = Idx(labels, labels.Length);
        _temp.Write($"{part}-images-idx3-ubyte{(zipped ? ".gz" : "")}", zipped ? TempFolder.Gzip(images) : images);
        _temp.Write($"{part}-labels-idx1-ubyte{(zipped ? ".gz" : "")}", zipped ? TempFolder.Gzip(classes) : classes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenAsync_BothPairs_ReadsWhatWasWritten(bool zipped)
    {
        byte[] train = Values(1, 5 * 12), test = Values(2, 2 * 12);
        WritePair("train", train, [3, 1, 4, 1, 3], 4, 3, zipped);
        WritePair("t10k", test, [4, 3], 4, 3, zipped);
        _temp.Write("README.txt", "hello");
        using Dataset data = await _temp.OpenAsync();

        Assert.Equal("idx", data.Format);
        Assert.Equal("1 3 4", string.Join(' ', data.Labels.Select(l => l.Id)));
        Assert.Equal([1, 0, 2, 0, 1, 2, 1], data.Samples.Select(s => s.Class));
        Assert.Equal([Split.Train, Split.Test], data.Samples.Select(s => s.Declared!.Value).Distinct());
        Assert.Equal((3, 4, 1), (data.Read(data.Samples[0]).Width, data.Read(data.Samples[0]).Height, data.Read(data.Samples[0]).Channels));
        Assert.Equal([.. train, .. test], data.Samples.SelectMany(s => data.Read(s).Data));
        Assert.EndsWith("#1", data.Samples[6].File, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fingerprint_PlainOrZippedOrInAnArchive_IsTheSame()
    {
        WritePair("train", Values(1, 24), [0, 1], 4, 3);
        using Dataset plain = await _temp.OpenAsync();
        (string, byte[])[] files = [.. Directory.GetFiles(_temp.Path).Select(f => ($"mnist/{Path.GetFileName(f)}.gz", TempFolder.Gzip(File.ReadAllBytes(f))))];
        _temp.Write("other/x.zip", TempFolder.Zip(files));
        using Dataset packed = await _temp.OpenAsync("other/x.zip");

        Assert.Equal("idx", packed.Format);
        Assert.Equal(plain.Fingerprint, packed.Fingerprint);
    }

    [Theory]
    [InlineData("train", Split.Train)]
    [InlineData("t10k", Split.Test)]
    [InlineData("emnist-letters-test", Split.Test)]
    public async Task OpenAsync_OnePairOnly_IsThatPart(string part, Split split)
    {
        WritePair(part, Values(1, 24), [0, 1], 4, 3);
        using Dataset data = await _temp.OpenAsync();

        Assert.All(data.Samples, s => Assert.Equal(split, s.Declared));
    }

    [Fact]
    public async Task OpenAsync_NamesThatSayNothing_AreFoundByContent()
    {
        _temp.Write("pictures.bin", Idx(Values(1, 24), 2, 4, 3));
        _temp.Write("labels.bin", Idx([0, 1], 2));
        var e = await Record.ExceptionAsync(() => _temp.OpenAsync());

        // Content tells that they are IDX; names that do not pair up are said to be so.
        Assert.Contains("is missing", Assert.IsType<InputException>(e).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> Damaged => new()
    {
        { "train-images-idx3-ubyte", [0, 0, 8, 7, 0, 0, 0, 2], "00000807" },
        { "train-images-idx3-ubyte", [], "empty" },
        { "train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 2], "header" },
        { "train-images-idx3-ubyte", Idx(new byte[24], 2, 40, 30), "too short" },
        { "train-images-idx3-ubyte", Idx(new byte[20], 2, 4, 3), "cut off" },
        { "train-images-idx3-ubyte", Idx(new byte[24], 0, 4, 3), "no pictures" },
        { "train-images-idx3-ubyte", Idx(new byte[24], int.MaxValue, int.MaxValue, int.MaxValue), "header" },
        { "train-images-idx3-ubyte", Idx(new byte[24], -2, 4, 3), "header" },
        { "train-images-idx3-ubyte", Idx(new byte[30], 2, 4, 3), "longer" },
        { "train-images-idx3-ubyte", Idx(new byte[36], 3, 4, 3), "3 pictures" },
        { "train-images-idx3-ubyte", TempFolder.Gzip(Idx(new byte[20], 2, 4, 3)), "cut off" },
        { "train-images-idx3-ubyte", TempFolder.Gzip(Idx(Values(3, 24), 2, 4, 3))[..25], "" },
        { "train-labels-idx1-ubyte", Idx([0, 1, 1], 3), "3 labels" },
        { "train-labels-idx1-ubyte", Idx([1, 1], 2), "one class only" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task OpenAsync_DamagedFile_SaysWhatIsWrong(string name, byte[] bytes, string expected)
    {
        WritePair("train", Values(1, 24), [0, 1], 4, 3);
        _temp.Write(name, bytes);
        var e = await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync());

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_LabelsMissing_SaysWhichFile()
    {
        WritePair("train", Values(1, 24), [0, 1], 4, 3);
        File.Delete(Path.Combine(_temp.Path, "train-labels-idx1-ubyte"));
        var e = await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync());

        Assert.Contains("labels is missing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenAsync_AnyByteChanged_OpensOrIsAnInputException() =>
        Gen.Select(Gen.Int[0, 39], Gen.Byte).Sample((at, value) =>
        {
            using var temp = new TempFolder();
            byte[] images = Idx(Values(1, 24), 2, 4, 3);
            images[at] = value;
            temp.Write(("train-images-idx3-ubyte", images), ("train-labels-idx1-ubyte", Idx([0, 1], 2)));
            try
            {
                temp.OpenAsync().GetAwaiter().GetResult().Dispose();
                return true;
            }
            catch (InputException)
            {
                return true;
            }
        }, iter: 200, threads: 1);

    [Fact]
    public async Task OpenAsync_SingleFile_AsksForTheFolder()
    {
        WritePair("train", Values(1, 24), [0, 1], 4, 3, zipped: true);
        var e = await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync("train-images-idx3-ubyte.gz"));

        Assert.Contains("folder", e.Message, StringComparison.Ordinal);
    }
}
