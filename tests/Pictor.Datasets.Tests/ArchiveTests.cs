using System.Formats.Tar;
using System.IO.Compression;
using CsCheck;
using Pictor.Datasets.Files;

namespace Pictor.Datasets.Tests;

public sealed class ArchiveTests : IDisposable
{
    private static readonly (string Name, byte[] Bytes)[] s_files =
    [
        .. Enumerable.Range(0, 12).Select(i => ($"{(i < 8 ? "train" : "val")}/{(i % 2 == 0 ? "猫" : "dog")}/{i}.png", TempFolder.Png(i))),
        ("labels.tsv", "dog\tdog, hound\n猫\tcat\t猫\n"u8.ToArray()),
    ];

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task OpenAsync_EveryContainer_GivesTheSameData()
    {
        (string, byte[])[] wrapped = [.. s_files.Select(f => ($"./my set/{f.Name}", f.Bytes))];
        foreach ((string name, byte[] bytes) in s_files)
            _temp.Write($"folder/{name}", bytes);
        _temp.Write(("a.zip", TempFolder.Zip(s_files)), ("wrapped.zip", TempFolder.Zip(wrapped)), ("a.tar", TempFolder.Tar(s_files)), ("misnamed.png", TempFolder.Gzip(TempFolder.Tar(wrapped))), ("back.zip", TempFolder.Zip([.. s_files.Reverse()])));

        using Dataset folder = await _temp.OpenAsync("folder");
        foreach ((string name, string format) in ((string, string)[])[("a.zip", "zip"), ("wrapped.zip", "zip"), ("a.tar", "tar"), ("misnamed.png", "tar"), ("back.zip", "zip")])
        {
            using Dataset data = await _temp.OpenAsync(name);
            Assert.Equal(format, data.Format);
            Assert.Equal(folder.Fingerprint, data.Fingerprint);
            Assert.Equal(folder.Samples.Select(s => (s.Class, s.Declared, s.Sha256)), data.Samples.Select(s => (s.Class, s.Declared, s.Sha256)));
            Assert.Equal("dog cat", string.Join(' ', data.Labels.Select(l => l.Name)));
            Assert.All(data.Samples, s => Assert.Equal(folder.Read(folder.Samples[s.Index]).Data, data.Read(s).Data));
            Assert.Empty(data.Skipped);
            Assert.Contains($"{name}!", data.Samples[0].File, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Fingerprint_AnyChangeOfData_ChangesIt()
    {
        (string Name, byte[] Bytes)[][] variants =
        [
            s_files,
            [.. s_files[1..]],
            [("train/dog/0.png", s_files[0].Bytes), .. s_files[1..]],
            [(s_files[0].Name, TempFolder.Png(99)), .. s_files[1..]],
            [("val/猫/0.png", s_files[0].Bytes), .. s_files[1..]],
            [("train/猫/0b.png", s_files[0].Bytes), .. s_files[1..]],
        ];
        var prints = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < variants.Length; i++)
        {
            _temp.Write($"{i}.zip", TempFolder.Zip(variants[i]));
            using Dataset data = await _temp.OpenAsync($"{i}.zip");
            prints.Add(data.Fingerprint);
        }

        Assert.Equal(variants.Length, prints.Count);
    }

    [Fact]
    public async Task OpenAsync_NamesThatClimb_AreListedAndNothingIsWritten()
    {
        (string, byte[])[] files = [("a/1.png", TempFolder.Png(1)), ("b/1.png", TempFolder.Png(2)), ("../evil/1.png", TempFolder.Png(3)), ("a/../../c/1.png", TempFolder.Png(4)), ("/b/abs.png", TempFolder.Png(5)), ("a\\win.png", TempFolder.Png(6))];
        _temp.Write(("x.zip", TempFolder.Zip(files)), ("x.tar.gz", TempFolder.Gzip(TempFolder.Tar(files))));
        foreach (string name in (string[])["x.zip", "x.tar.gz"])
        {
            using Dataset data = await _temp.OpenAsync(name);
            Assert.Equal(4, data.Samples.Count);
            Assert.Equal(2, data.Skipped.Count);
            Assert.Equal("a b", string.Join(' ', data.Labels.Select(l => l.Id)));
        }

        Assert.Equal(2, Directory.GetFileSystemEntries(_temp.Path).Length);
    }

    [Fact]
    public async Task OpenAsync_TarWithLinks_HardLinksAreFilesSymbolicOnesAreListed()
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true))
        {
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "a/1.png") { DataStream = new MemoryStream(TempFolder.Png(1)) });
            tar.WriteEntry(new GnuTarEntry(TarEntryType.HardLink, "b/same.png") { LinkName = "a/1.png" });
            tar.WriteEntry(new GnuTarEntry(TarEntryType.SymbolicLink, "b/passwd") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "b/2.png") { DataStream = new MemoryStream(TempFolder.Png(2)) });
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "b/2.png") { DataStream = new MemoryStream(TempFolder.Png(3)) });
        }

        _temp.Write(("x.tar", stream.ToArray()), ("x.tar.gz", TempFolder.Gzip(stream.ToArray())));
        foreach (string name in (string[])["x.tar", "x.tar.gz"])
        {
            using Dataset data = await _temp.OpenAsync(name);
            Assert.Equal(3, data.Samples.Count);
            Assert.Equal(data.Samples[0].Sha256, data.Samples[2].Sha256);
            Assert.Equal(Imaging.ContentHash.Sha256Of(TempFolder.Png(3)), data.Samples[1].Sha256);
            Assert.Contains("SymbolicLink", Assert.Single(data.Skipped).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task OpenAsync_Bombs_AreRefused()
    {
        string zip = Path.Combine(_temp.Path, "bomb.zip"), tar = Path.Combine(_temp.Path, "bomb.tar.gz");
        var zeros = new byte[64 << 20];
        using (var archive = new ZipArchive(File.Create(zip), ZipArchiveMode.Create))
        {
            for (int i = 0; i < 18; i++)
            {
                using Stream entry = archive.CreateEntry($"a/{i}.png").Open();
                entry.Write(zeros);
            }
        }

        using (var gzip = new GZipStream(File.Create(tar), CompressionLevel.Optimal))
        using (var writer = new TarWriter(gzip))
        {
            for (int i = 0; i < 18; i++)
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"a/{i}.png") { DataStream = new MemoryStream(zeros) });
        }

        foreach (string path in (string[])[zip, tar])
        {
            var e = await Assert.ThrowsAsync<InputException>(() => Dataset.OpenAsync(path));
            Assert.Equal("data.archive-bomb", e.Code);
        }
    }

    [Fact]
    public async Task OpenAsync_TarWithAnImpossibleExtendedHeader_IsDamaged()
    {
        var header = new byte[1024];
        "extended"u8.CopyTo(header);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        "77777777777\0"u8.CopyTo(header.AsSpan(124));
        "        x"u8.CopyTo(header.AsSpan(148));
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        string sum = Convert.ToString(header.Take(512).Sum(b => b), 8).PadLeft(6, '0');
        System.Text.Encoding.ASCII.GetBytes(sum + "\0 ").CopyTo(header, 148);
        string path = Path.Combine(_temp.Path, "extended.tar");
        await File.WriteAllBytesAsync(path, header, TestContext.Current.CancellationToken);
        var e = await Assert.ThrowsAsync<InputException>(() => Dataset.OpenAsync(path));
        Assert.Equal("data.damaged-archive", e.Code);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar")]
    [InlineData("tar.gz")]
    public void OpenAsync_CutOffOrFlipped_OpensOrIsAnInputException(string kind)
    {
        byte[] whole = kind switch { "zip" => TempFolder.Zip(s_files), "tar" => TempFolder.Tar(s_files), _ => TempFolder.Gzip(TempFolder.Tar(s_files)) };
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Bool).Sample((at, value, cut) =>
        {
            byte[] broken = cut ? whole[..at] : [.. whole];
            if (!cut)
                broken[at] = value;
            string path = Path.Combine(_temp.Path, $"{Guid.NewGuid():N}");
            File.WriteAllBytes(path, broken);
            try
            {
                using Dataset data = Dataset.OpenAsync(path).GetAwaiter().GetResult();
                foreach (Sample sample in data.Samples)
                    _ = data.Read(sample);
            }
            catch (InputException)
            {
                return true;
            }
            finally
            {
                File.Delete(path);
            }

            return true;
        }, iter: 300, threads: 1);
    }

    [Fact]
    public async Task OpenAsync_TarGzCutInTheMiddle_SaysSo()
    {
        byte[] whole = TempFolder.Gzip(TempFolder.Tar(s_files));
        _temp.Write("x.tar.gz", whole[..(whole.Length / 2)]);
        var e = await Assert.ThrowsAsync<InputException>(() => _temp.OpenAsync("x.tar.gz"));

        Assert.Contains("damaged or cut off", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OneMemberFlipped_IsSkippedTheRestStays()
    {
        byte[] whole = TempFolder.Zip([.. s_files.Select(f => f)]);
        int at = whole.AsSpan().IndexOf(s_files[0].Bytes.AsSpan(20, 12));
        Assert.SkipWhen(at < 0, "The member was compressed.");
        whole[at + 4] ^= 255;
        _temp.Write("x.zip", whole);
        using Dataset data = await _temp.OpenAsync("x.zip");

        Assert.Equal(s_files.Length - 2, data.Samples.Count);
        Assert.Contains("damaged", Assert.Single(data.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ZipFromManyThreads_GivesEachItsPicture()
    {
        _temp.Write("x.zip", TempFolder.Zip([.. Enumerable.Range(0, 200).Select(i => ($"{i % 2}/{i}.png", TempFolder.Png(i)))]));
        using Dataset data = await _temp.OpenAsync("x.zip");
        byte[][] alone = [.. data.Samples.Select(s => data.Read(s).Data)];

        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Assert.Equal(alone[i % 200], data.Read(data.Samples[i % 200]).Data));
    }

    [Fact]
    public void TarFiles_BeyondTheMemoryBudget_ReadsTheSameFromAFile()
    {
        string path = _temp.Write("x.tar.gz", TempFolder.Gzip(TempFolder.Tar(s_files)));
        using var memory = new TarFiles(path, compressed: true, null, default);
        using var file = new TarFiles(path, compressed: true, null, default, memoryBudget: 300);

        Assert.Equal(memory.Files, file.Files);
        for (int i = 0; i < memory.Files.Count; i++)
            Assert.Equal(memory.Read(i).ToArray(), file.Read(i).ToArray());
    }
}
