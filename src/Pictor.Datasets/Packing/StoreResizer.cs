using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Brings every picture of a store to another size.</summary>
internal static class StoreResizer
{
    public static PlaneMemory Resize(PackedStore store, PictureShape shape, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        PlaneMemory memory = PlaneMemory.Create(store.Count, shape.Length, PackedStore.DefaultMemoryBudget);
        try
        {
            int every = Math.Max(1, store.Count / 1000), done = 0;
            SideBySide.For(store.Count, i =>
            {
                PlaneResizer.Resize(store.Planes(i), store.Shape, memory[i], shape.Height, shape.Width, ResizeFilter.Bicubic);
                int now = Interlocked.Increment(ref done);
                if (now % every == 0 || now == store.Count)
                    progress?.Report(new Progress("Resizing pictures", now, store.Count));
            }, cancellationToken);
            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }
}
