using Pictor.VectorSearch.Kernels;
using Pictor.VectorSearch.Storage;

namespace Pictor.VectorSearch.Scanning;

/// <summary>
/// A query as signed 12-bit numbers, in the order kernels want them (<see cref="IScanKernel"/>), beside its padded fp32 row. Twelve bits cost a scan no
/// more than eight would, for the multiplication is 16 bits wide anyway, and make the query's share of the error negligible.
/// </summary>
internal sealed unsafe class QueryCodes : IDisposable
{
    /// <summary>The largest code: with codes of rows up to 255, a block of <see cref="IScanKernel.Block"/> sums up within 32 bits.</summary>
    public const int Largest = 2047;

    private readonly NativeBlock memory;
    private readonly int codeCount;
    private readonly int rowCount;

    public QueryCodes(ReadOnlySpan<float> query, RowShape shape)
    {
        codeCount = shape.CodeStride;
        rowCount = shape.RowStride;
        memory = new NativeBlock(((long)codeCount * sizeof(short)) + ((long)rowCount * sizeof(float)));
        Span<short> codes = new(Codes, codeCount);
        codes.Clear();
        query.CopyTo(Row);
        Row[query.Length..].Clear();

        float largest = 0;
        foreach (float value in query) largest = MathF.Max(largest, MathF.Abs(value));
        Scale = largest / Largest;
        double inverse = 1.0 / Scale, squares = 0, errors = 0;
        long sum = 0;
        for (int i = 0; i < query.Length; i++)
        {
            int code = (int)Math.Round(query[i] * inverse);
            double error = query[i] - (code * (double)Scale);
            squares += (double)query[i] * query[i];
            errors += error * error;
            sum += code;
            codes[IScanKernel.Place(i)] = (short)code;
        }

        double distance = Math.Sqrt(errors), norm = Math.Sqrt(squares) + distance;

        // What fp32 rescoring may be off (Higham 2002, section 3.1: depth * u / (1 - depth * u)), and 32 units for the arithmetic on the bounds themselves.
        double roundings = (Fp32.Depth(query.Length) + 32) * RowCodes.Unit, rounding = roundings / (1 - roundings);
        const double roundUp = 1 + 1e-6;
        Offset = sum * RowCodes.Offset;
        Norm = (float)(norm * roundUp);
        Slack = (float)((distance + (rounding * norm)) * roundUp);
    }

    /// <summary>[code stride] in kernel order.</summary>
    public short* Codes => (short*)memory.Start;

    /// <summary>[row stride], padded with zeros.</summary>
    public Span<float> Row => new((short*)memory.Start + codeCount, rowCount);

    /// <summary>What one step of a code is worth.</summary>
    public float Scale { get; }

    /// <summary>What a kernel's sum has too much, because codes of rows are stored unsigned.</summary>
    public long Offset { get; }

    /// <summary>At least the length of the query and of what its codes stand for.</summary>
    public float Norm { get; }

    /// <summary>Error of a score per unit of a row's length: the query's own codes, and all fp32 rounding.</summary>
    public float Slack { get; }

    public void Dispose() => memory.Dispose();
}
