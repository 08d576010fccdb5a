namespace Pictor.VectorSearch.Storage;

/// <summary>
/// A fixed number of rows in native memory: codes together, because a scan reads nothing else; fp32 rows apart, because only survivors are read there.
/// Rows never move while the store grows: growth is one more chunk.
/// </summary>
internal sealed unsafe class RowChunk : IDisposable
{
    private readonly NativeBlock codes;
    private readonly NativeBlock rows;
    private readonly NativeBlock bounds;
    private readonly RowShape shape;

    public RowChunk(RowShape shape)
    {
        this.shape = shape;
        Ids = new long[shape.RowsPerChunk];
        codes = new NativeBlock((long)shape.RowsPerChunk * shape.CodeStride);
        rows = new NativeBlock((long)shape.RowsPerChunk * shape.RowStride * sizeof(float));
        bounds = new NativeBlock(3L * shape.RowsPerChunk * sizeof(float));
    }

    /// <summary>Ids of the rows.</summary>
    public long[] Ids { get; }

    /// <summary>[rows][code stride], 0..254: the signed code plus 127.</summary>
    public byte* Codes => (byte*)codes.Start;

    /// <summary>[rows]: what one step of a code is worth.</summary>
    public float* Scales => (float*)bounds.Start;

    /// <summary>[rows]: at least the distance between the row and what its codes stand for.</summary>
    public float* Errors => Scales + shape.RowsPerChunk;

    /// <summary>[rows]: at least the length of the row and of what its codes stand for.</summary>
    public float* Norms => Errors + shape.RowsPerChunk;

    /// <summary>The codes of one row.</summary>
    public Span<byte> CodesOf(int row) => new(Codes + ((nint)row * shape.CodeStride), shape.CodeStride);

    /// <summary>One row with its padding, which is zero.</summary>
    public Span<float> RowOf(int row) => new((float*)rows.Start + ((nint)row * shape.RowStride), shape.RowStride);

    /// <summary>Overwrites a row with one from here or from another chunk of the same shape.</summary>
    public void CopyRow(int row, RowChunk source, int sourceRow)
    {
        source.CodesOf(sourceRow).CopyTo(CodesOf(row));
        source.RowOf(sourceRow).CopyTo(RowOf(row));
        Ids[row] = source.Ids[sourceRow];
        Scales[row] = source.Scales[sourceRow];
        Errors[row] = source.Errors[sourceRow];
        Norms[row] = source.Norms[sourceRow];
    }

    public void Dispose()
    {
        codes.Dispose();
        rows.Dispose();
        bounds.Dispose();
    }
}
