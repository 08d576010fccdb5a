using System.Runtime.InteropServices;
using CsCheck;
using Pictor.Trainer.Checkpoints;
using Pictor.Trainer.Loop;

namespace Pictor.Trainer.Tests.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pictor-checkpoint-").FullName;

    private string File => Path.Combine(_folder, "last.checkpoint");

    [Fact]
    public void Read_WhatWasWritten_IsEqualToTheLastBit()
    {
        CheckpointHeader header = Write();
        Checkpoint read = CheckpointFile.Read(File);
        Assert.Equal(header.Position.LossSums, read.Header.Position.LossSums);
        Assert.Equal(header.Position with { LossSums = [] }, read.Header.Position with { LossSums = [] });
        Assert.Equal([1f, float.NaN, -0f, float.Epsilon], read.Arrays["weights"]);
        Assert.Equal([], read.Arrays["empty"]);
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Read_AnyByteChangedOrCutOff_IsRefusedByName()
    {
        Write();
        byte[] whole = System.IO.File.ReadAllBytes(File);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[1, 255], Gen.Bool).Sample((at, change, cut) =>
        {
            byte[] broken = cut ? whole[..at] : [.. whole];
            if (!cut)
                broken[at] ^= (byte)change;
            System.IO.File.WriteAllBytes(File, broken);
            var e = Assert.Throws<InputException>(() => CheckpointFile.Read(File));
            Assert.Equal(File, e.Subject);
            Assert.Contains("--force", e.Remedy, StringComparison.Ordinal);
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void Read_None_SaysSo() => Assert.Equal("run.nothing-to-resume", Assert.Throws<InputException>(() => CheckpointFile.Read(File)).Code);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private CheckpointHeader Write()
    {
        var header = new CheckpointHeader
        {
            Network = "mnist-cnn",
            Input = new(1, 28, 28),
            Classes = 10,
            DataFingerprint = "ab",
            Batch = 64,
            Threads = 2,
            Position = new RunPosition { Epoch = 3, StepInEpoch = 7, Step = 99, LossSums = [0.1, 1.0 / 3], Pictures = 448, Seconds = 1.5, BestLoss = double.NaN },
        };
        float[] weights = [1f, float.NaN, -0f, float.Epsilon];
        CheckpointFile.Write(File, header, [("weights", MemoryMarshal.AsBytes(weights.AsSpan()).ToArray()), ("empty", ReadOnlyMemory<byte>.Empty)]);
        return header;
    }
}
