using System.Text;
using Pictor.VectorSearch.Kernels;
using Pictor.VectorSearch.Snapshots;

namespace Pictor.VectorSearch.Tests;

public sealed class SnapshotTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pictor-index-");

    private string Place => Path.Combine(folder.FullName, "vectors.index");

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(3000, 100)]
    [InlineData(3, 300_000)]
    public void Load_WhatSaveWrote_AnswersAlike(int count, int dimensions)
    {
        var random = new Random(count);
        float[][] vectors = VectorData.Make(Lie.Gaussian, count, dimensions, random);
        using var index = new FlatIndex(dimensions);
        for (int i = 0; i < count; i++) index.Set((i * 7919L) - 5, vectors[i]);
        index.Save(Place);
        using FlatIndex loaded = FlatIndex.Load(Place);
        float[] query = VectorData.Normal(dimensions, random);
        Assert.Equal((count, dimensions), (loaded.Count, loaded.Dimensions));
        Assert.Equal(index.Search(query, 20), loaded.Search(query, 20));
        Assert.Equal([Place], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public void Load_AnyByteChanged_IsRefused()
    {
        byte[] good = SaveSome();
        for (int place = 0; place < good.Length; place += place < 400 ? 1 : 97)
        {
            byte[] bad = [.. good];
            bad[place] ^= 0x10;
            Refused(bad);
        }
    }

    [Fact]
    public void Load_AnyLengthButTheRightOne_IsRefused()
    {
        byte[] good = SaveSome();
        for (int length = 0; length < good.Length; length += length < 400 ? 1 : 97) Refused(good[..length]);
        Refused([.. good, 0]);
    }

    [Fact]
    public void Load_SomethingElse_IsRefusedWithAWayOut()
    {
        Refused(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("SQLite format 3\0", 9))));
        InputException error = Refused(Enumerable.Repeat((byte)0xFF, 500).ToArray());
        Assert.Contains("made again", error.Message, StringComparison.Ordinal);
        Assert.Equal("index.damaged", error.Code);
        Assert.Throws<FileNotFoundException>(() => FlatIndex.Load(Place + ".none"));
    }

    [Fact]
    public void Load_HeaderThatPromisesTheSky_IsRefusedBeforeMemoryIsTaken()
    {
        byte[] header = new byte[SnapshotHeader.Size];
        new SnapshotHeader(FlatIndex.MaxDimensions, int.MaxValue).Write(header);
        Refused(header);
        new SnapshotHeader(0, 1).Write(header);
        Refused(header);
    }

    [Theory]
    [InlineData(2, 1f, "twice")]
    [InlineData(1, float.NaN, "does not take")]
    [InlineData(1, 0f, "does not take")]
    public void Load_NonsenseWithGoodChecksums_IsRefused(int rows, float value, string word)
    {
        var header = new SnapshotHeader(1, rows);
        byte[] file = new byte[header.FileBytes];
        header.Write(file);
        Span<byte> block = file.AsSpan(SnapshotHeader.Size, rows * header.RowBytes);
        for (int row = 0; row < rows; row++) BitConverter.TryWriteBytes(block[((rows * sizeof(long)) + (row * sizeof(float)))..], value);
        BitConverter.TryWriteBytes(file.AsSpan(file.Length - 4), SnapshotHeader.Crc32C(0, block));
        Assert.Contains(word, Refused(file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_OverAnOldFile_ReplacesIt()
    {
        File.WriteAllText(Place, "old");
        SaveSome();
        using FlatIndex loaded = FlatIndex.Load(Place);
        Assert.Equal(50, loaded.Count);
    }

    [Fact]
    public void Save_FolderMissing_ThrowsAndLeavesNothing()
    {
        using var index = new FlatIndex(2);
        Assert.Throws<DirectoryNotFoundException>(() => index.Save(Path.Combine(folder.FullName, "none", "vectors.index")));
        Assert.Empty(Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public async Task Save_WhileOneWrites_HoldsOneMoment()
    {
        float[][] vectors = VectorData.Make(Lie.Gaussian, 20, 16, new Random(1));
        using var index = new FlatIndex(16);
        for (int i = 0; i < 20; i++) index.Set(i, vectors[i]);
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            for (int turn = 0; !stop.IsCancellationRequested; turn++)
            {
                long from = (turn % 20) + (turn / 20 % 2 * 1000);
                index.Set(1000 + (2 * (turn % 20)) - from, vectors[turn % 20]);
                Assert.True(index.Remove(from));
            }
        }, CancellationToken.None);
        for (int n = 0; n < 20; n++)
        {
            index.Save(Place);
            using FlatIndex loaded = FlatIndex.Load(Place);
            Assert.Equal(20, loaded.Search(vectors[0], 100).Select(hit => hit.Id % 1000).Distinct().Count());
        }

        await stop.CancelAsync();
        await writer;
    }

    [Fact]
    public void Crc32C_CheckValue_IsThePublishedOne() => Assert.Equal(0xE3069283u, SnapshotHeader.Crc32C(0, "123456789"u8));

    public void Dispose() => folder.Delete(recursive: true);

    private byte[] SaveSome()
    {
        using FlatIndex index = BruteForce.Index(VectorData.Make(Lie.Gaussian, 50, 10, new Random(1)), KernelChoice.Best);
        index.Save(Place);
        return File.ReadAllBytes(Place);
    }

    private InputException Refused(byte[] bytes)
    {
        File.WriteAllBytes(Place, bytes);
        return Assert.Throws<InputException>(() => FlatIndex.Load(Place));
    }
}
