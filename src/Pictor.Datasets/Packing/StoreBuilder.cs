using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Decodes side by side, each picture into the slot of its position; those that fail leave their slot unused.</summary>
internal static class StoreBuilder
{
    public static PackedStore Build(Dataset data, IReadOnlyList<int> samples, Preprocessing preprocessing, long memoryBudget, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        PictureShape shape = preprocessing.Shape;
        PlaneMemory memory = PlaneMemory.Create(samples.Count, shape.Length, memoryBudget);
        try
        {
            var failures = new SkippedFile?[samples.Count];
            DecodeAll(data, samples, preprocessing, memory, failures, progress, cancellationToken);
            int[] slots = [.. Enumerable.Range(0, samples.Count).Where(i => failures[i] is null)];
            int[] kept = [.. slots.Select(i => samples[i])];
            return new PackedStore(shape, memory, ownsMemory: true, slots, kept, SampleTargets.Of(data, kept), [.. failures.OfType<SkippedFile>()]);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private static void DecodeAll(
        Dataset data, IReadOnlyList<int> samples, Preprocessing preprocessing, PlaneMemory memory, SkippedFile?[] failures, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        DecodeOptions? decode = null;
        int every = Math.Max(1, samples.Count / 1000);
        int done = 0;
        SideBySide.For(samples.Count, i =>
        {
            Sample sample = data.Samples[samples[i]];
            ReadOnlySpan<byte> raw = data.RawPlanes(sample.Index, preprocessing.Shape);
            if (!raw.IsEmpty)
            {
                raw.CopyTo(memory[i]);
            }
            else
            {
                try
                {
                    preprocessing.ToPlanes(data.Read(sample, decode ??= preprocessing.DecodeOptions()), memory[i]);
                }
                catch (InputException e)
                {
                    failures[i] = new SkippedFile(sample.File, e.Problem.EndsWith('.') ? e.Problem : e.Problem + ".");
                }
            }

            int now = Interlocked.Increment(ref done);
            if (now % every == 0 || now == samples.Count)
                progress?.Report(new Progress("Decoding pictures", now, samples.Count));
        }, cancellationToken);
    }
}
