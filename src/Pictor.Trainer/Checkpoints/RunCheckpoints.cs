using System.Runtime.InteropServices;
using Pictor.Models.Networks;
using Pictor.Trainer.Loop;
using Pictor.Trainer.Torch;

namespace Pictor.Trainer.Checkpoints;

/// <summary>Moves a run into its checkpoint and back.</summary>
internal sealed class RunCheckpoints(string path, Network network, string fingerprint, int batch)
{
    /// <summary>Replaces the checkpoint.</summary>
    public void Write(TrainingModel model, BestWeights? best, RunPosition position)
    {
        var header = new CheckpointHeader
        {
            Network = network.Name,
            Input = network.Input,
            Classes = network.Classes,
            DataFingerprint = fingerprint,
            Batch = batch,
            Threads = model.Replicas.Count,
            Position = position,
        };
        var arrays = new List<(string, ReadOnlyMemory<byte>)> { ("weights", Bytes(model.Weights.Span)) };
        foreach ((string name, FlatBuffer values) in model.Optimizer.State)
            arrays.Add((name, Bytes(values.Span)));
        for (int r = 0; r < model.Replicas.Count; r++)
            arrays.Add(($"statistics{r}", Bytes(model.Replicas[r].Statistics.Span)));
        if (best is not null)
        {
            arrays.Add(("bestWeights", Bytes(best.Weights)));
            arrays.Add(("bestStatistics", Bytes(best.Statistics)));
        }

        CheckpointFile.Write(path, header, arrays);
    }

    /// <summary>Reads the checkpoint.</summary>
    /// <exception cref="InputException">It is damaged, or of another network or other data.</exception>
    public Checkpoint Read()
    {
        Checkpoint checkpoint = CheckpointFile.Read(path);
        CheckpointHeader header = checkpoint.Header;
        if (header.DataFingerprint != fingerprint)
        {
            throw new InputException(path, "the data set is not the one that the run was started with: its content has changed",
                "Bring the old data back, or start anew with --force.")
            { Code = "run.other-data" };
        }

        if (header.Network != network.Name || header.Input != network.Input || header.Classes != network.Classes || header.Batch != batch)
        {
            throw new InputException(path,
                $"the checkpoint is of {header.Network} for {header.Input} pictures, {header.Classes} classes and batches of {header.Batch}, "
                + $"not of {network.Name} for {network.Input}, {network.Classes} and {batch}",
                "Resume with the settings that the run was started with, or start anew with --force.");
        }

        return checkpoint;
    }

    /// <summary>Puts everything back.</summary>
    public RunPosition Restore(Checkpoint checkpoint, TrainingModel model, BestWeights? best)
    {
        Put("weights", model.Weights.Span);
        foreach ((string name, FlatBuffer values) in model.Optimizer.State)
            Put(name, values.Span);
        for (int r = 0; r < model.Replicas.Count; r++)
            Put($"statistics{r}", model.Replicas[r].Statistics.Span);
        // Patience may have been asked for only now: then the best epoch is looked for from here on.
        if (best is null || !checkpoint.Arrays.ContainsKey("bestWeights"))
            return checkpoint.Header.Position with { BestEpoch = best is null ? 0 : checkpoint.Header.Position.Epoch - 1, BestLoss = double.NaN };
        Put("bestWeights", best.Weights);
        Put("bestStatistics", best.Statistics);
        return checkpoint.Header.Position;

        void Put(string name, Span<float> target)
        {
            if (!checkpoint.Arrays.TryGetValue(name, out float[]? values) || values.Length != target.Length)
                throw new InputException(path, $"the checkpoint has no '{name}' of {target.Length} values", "Resume with the settings that the run was started with, or start anew with --force.");
            values.CopyTo(target);
        }
    }

    private static byte[] Bytes(ReadOnlySpan<float> values) => MemoryMarshal.AsBytes(values).ToArray();
}
