using System.Runtime.InteropServices;
using Pictor.Models.Networks;
using Pictor.Trainer.Loop;
using Pictor.Trainer.Torch;

namespace Pictor.Trainer.Checkpoints;

/// <summary>Moves a run into its checkpoint and back.</summary>
internal sealed class RunCheckpoints(string path, Network network, string fingerprint, int batch)
{
    /// <summary>Replaces the checkpoint.</summary>
    public void Write(TrainingModel model, BestWeights? best, MarginRecord? margins, RunPosition position)
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
        CheckpointFile.Write(path, header, [.. Places(model, best, margins).Select(place => (place.Name, (ReadOnlyMemory<byte>)MemoryMarshal.AsBytes(place.Values().ToArray().AsSpan()).ToArray()))]);
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
    public RunPosition Restore(Checkpoint checkpoint, TrainingModel model, BestWeights? best, MarginRecord? margins)
    {
        // Patience may have been asked for only now: then the best epoch is looked for from here on.
        bool knowsBest = best is not null && checkpoint.Arrays.ContainsKey("bestWeights");
        foreach (Place place in Places(model, knowsBest ? best : null, margins))
        {
            Span<float> target = place.Values();
            if (!checkpoint.Arrays.TryGetValue(place.Name, out float[]? values) || values.Length != target.Length)
                throw new InputException(path, $"the checkpoint has no '{place.Name}' of {target.Length} values", "Resume with the settings that the run was started with, or start anew with --force.");
            values.CopyTo(target);
        }

        RunPosition position = checkpoint.Header.Position;
        return knowsBest ? position : position with { BestEpoch = best is null ? 0 : position.Epoch - 1, BestLoss = double.NaN };
    }

    private static IEnumerable<Place> Places(TrainingModel model, BestWeights? best, MarginRecord? margins)
    {
        yield return new("weights", () => model.Weights.Span);
        foreach ((string name, FlatBuffer values) in model.Optimizer.State)
            yield return new(name, () => values.Span);
        for (int r = 0; r < model.Replicas.Count; r++)
        {
            FlatBuffer statistics = model.Replicas[r].Statistics;
            yield return new($"statistics{r}", () => statistics.Span);
        }

        if (model.Average is { } average)
        {
            yield return new("averageWeights", () => average.Weights.Span);
            yield return new("averageStatistics", () => average.Statistics.Span);
        }

        if (best is not null)
        {
            yield return new("bestWeights", () => best.Weights);
            yield return new("bestStatistics", () => best.Statistics);
        }

        foreach ((string name, float[] values) in margins?.State ?? [])
            yield return new(name, () => values);
    }

    private delegate Span<float> Values();

    private readonly record struct Place(string Name, Values Values);
}
