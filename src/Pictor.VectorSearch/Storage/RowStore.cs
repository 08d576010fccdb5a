using Pictor.VectorSearch.Scanning;

namespace Pictor.VectorSearch.Storage;

/// <summary>
/// The rows of an index without gaps: removing moves the last row into the hole. Knows nothing of threads; <see cref="FlatIndex"/> guards it.
/// </summary>
internal sealed class RowStore(RowShape shape) : IDisposable
{
    private readonly List<RowChunk> chunks = [];
    private readonly Dictionary<long, int> slots = [];

    /// <summary>How rows lie in memory.</summary>
    public RowShape Shape => shape;

    /// <summary>Rows held.</summary>
    public int Count => slots.Count;

    /// <summary>The chunk of a number; rows of a slot are found through <see cref="Shape"/>.</summary>
    public RowChunk Chunk(int number) => chunks[number];

    /// <summary>The id of a slot.</summary>
    public long IdOf(int slot) => chunks[shape.ChunkOf(slot)].Ids[shape.RowInChunk(slot)];

    /// <summary>The padded row of a slot.</summary>
    public Span<float> RowOf(int slot) => chunks[shape.ChunkOf(slot)].RowOf(shape.RowInChunk(slot));

    /// <summary>The padded row of an id; empty where there is none.</summary>
    public Span<float> Find(long id) => slots.TryGetValue(id, out int slot) ? RowOf(slot) : [];

    /// <summary>Adds or replaces a row.</summary>
    public void Set(long id, ReadOnlySpan<float> vector)
    {
        if (!slots.TryGetValue(id, out int slot))
        {
            slot = slots.Count;
            if (shape.ChunkOf(slot) == chunks.Count) chunks.Add(new RowChunk(shape));
            slots.Add(id, slot);
        }

        RowChunk chunk = chunks[shape.ChunkOf(slot)];
        int row = shape.RowInChunk(slot);
        chunk.Ids[row] = id;
        Span<float> place = chunk.RowOf(row);
        vector.CopyTo(place);
        place[vector.Length..].Clear();
        RowCodes.Write(chunk, row, vector.Length);
    }

    /// <summary>Removes a row; false where there is none.</summary>
    public bool Remove(long id)
    {
        if (!slots.Remove(id, out int hole)) return false;
        int last = slots.Count;
        if (hole != last)
        {
            RowChunk chunk = chunks[shape.ChunkOf(hole)];
            chunk.CopyRow(shape.RowInChunk(hole), chunks[shape.ChunkOf(last)], shape.RowInChunk(last));
            slots[chunk.Ids[shape.RowInChunk(hole)]] = hole;
        }

        // One empty chunk stays, so that adding and removing around a boundary does not ask the system for memory each time.
        while (chunks.Count > shape.ChunkOf(last) + 2)
        {
            chunks[^1].Dispose();
            chunks.RemoveAt(chunks.Count - 1);
        }

        return true;
    }

    public void Dispose()
    {
        foreach (RowChunk chunk in chunks) chunk.Dispose();
        chunks.Clear();
        slots.Clear();
    }
}
