using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pictor.VectorSearch.Kernels;
using Pictor.VectorSearch.Storage;

namespace Pictor.VectorSearch.Scanning;

/// <summary>
/// Exact search that reads a quarter of the memory. With x' and q' for what the codes of row x and query q stand for,
/// x*q = x'*q' + (x - x')*q + x'*(q - q'), so by Cauchy and Schwarz the true score lies within |x - x'| |q| + |x'| |q - q'| of the codes' score.
/// A row whose highest possible score is below the lowest possible ones of enough others cannot be in the answer; the few that remain are
/// scored in fp32, best chance first, until none can reach the answer any more. All fp32 rounding is part of the bounds.
/// </summary>
internal static unsafe class ExactScan
{
    /// <summary>Rows between two looks at the threshold.</summary>
    private const int Batch = 64;

    /// <summary>The best rows, best first; equal scores by ascending id.</summary>
    /// <param name="store">Must not change meanwhile.</param>
    /// <param name="query">[dimensions].</param>
    /// <param name="count">1 to the number of rows.</param>
    /// <param name="filter">Ids that may be returned; null for all.</param>
    /// <param name="kernel">One that this processor has.</param>
    public static Neighbour[] Search(RowStore store, ReadOnlySpan<float> query, int count, Func<long, bool>? filter, KernelKind kernel)
    {
        using var codes = new QueryCodes(query, store.Shape);
        using var survivors = new Survivors(count);
        switch (kernel)
        {
            case KernelKind.Avx512: Scan<Avx512Kernel>(store, codes, filter, survivors); break;
            case KernelKind.AvxVnni: Scan<AvxVnniKernel>(store, codes, filter, survivors); break;
            case KernelKind.Avx2: Scan<Avx2Kernel>(store, codes, filter, survivors); break;
            case KernelKind.AdvSimd: Scan<AdvSimdKernel>(store, codes, filter, survivors); break;
            default: Scan<ScalarKernel>(store, codes, filter, survivors); break;
        }

        return Rescore(store, codes.Row, count, survivors);
    }

    /// <summary>The codes' scores of neighbouring rows, in units of the steps.</summary>
    internal static void Score<TKernel>(byte* rows, int rowCount, QueryCodes query, int stride, float* scores)
        where TKernel : IScanKernel
    {
        int* sums = stackalloc int[Batch];
        if (stride <= IScanKernel.Block)
        {
            for (int row = 0; row < rowCount; row += 4) TKernel.Dot4(rows + ((nint)row * stride), stride, query.Codes, stride, sums + row);
            int offset = (int)query.Offset;
            for (int row = 0; row < rowCount; row += 8) Vector256.ConvertToSingle(Vector256.Load(sums + row) - Vector256.Create(offset)).Store(scores + row);
            return;
        }

        long* totals = stackalloc long[Batch];
        for (int row = 0; row < rowCount; row++) totals[row] = -query.Offset;
        for (int start = 0; start < stride; start += IScanKernel.Block)
        {
            int length = Math.Min(IScanKernel.Block, stride - start);
            for (int row = 0; row < rowCount; row += 4) TKernel.Dot4(rows + ((nint)row * stride) + start, stride, query.Codes + start, length, sums + row);
            for (int row = 0; row < rowCount; row++) totals[row] += sums[row];
        }

        for (int row = 0; row < rowCount; row++) scores[row] = totals[row];
    }

    [SkipLocalsInit]
    private static void Scan<TKernel>(RowStore store, QueryCodes query, Func<long, bool>? filter, Survivors survivors)
        where TKernel : IScanKernel
    {
        RowShape shape = store.Shape;
        float* scores = stackalloc float[Batch];
        for (int first = 0; first < store.Count; first += shape.RowsPerChunk)
        {
            RowChunk chunk = store.Chunk(shape.ChunkOf(first));
            int rows = Math.Min(shape.RowsPerChunk, store.Count - first);
            for (int row = 0; row < rows; row += Batch)
            {
                int batch = Math.Min(Batch, rows - row);
                int whole = (batch + RowShape.ScanGroup - 1) & -RowShape.ScanGroup;
                Score<TKernel>(chunk.Codes + ((nint)row * shape.CodeStride), whole, query, shape.CodeStride, scores);
                Keep(chunk, row, batch, first, scores, query, filter, survivors);
            }
        }
    }

    /// <summary>Turns scores into bounds, eight at a time, and keeps the rows that reach the threshold.</summary>
    private static void Keep(RowChunk chunk, int start, int batch, int first, float* scores, QueryCodes query, Func<long, bool>? filter, Survivors survivors)
    {
        float* scales = chunk.Scales + start, errors = chunk.Errors + start, norms = chunk.Norms + start;
        Vector256<float> threshold = Vector256.Create(survivors.Threshold), scale = Vector256.Create(query.Scale);
        for (int i = 0; i < batch; i += 8)
        {
            Vector256<float> score = Vector256.Load(scores + i) * (Vector256.Load(scales + i) * scale);
            Vector256<float> slack = (Vector256.Load(errors + i) * query.Norm) + (Vector256.Load(norms + i) * query.Slack);
            uint reach = Vector256.GreaterThanOrEqual(score + slack, threshold).ExtractMostSignificantBits();
            if (reach == 0) continue;

            // Rows past the last are whatever memory held.
            if (batch - i < 8) reach &= (1u << (batch - i)) - 1;
            for (; reach != 0; reach &= reach - 1)
            {
                int lane = BitOperations.TrailingZeroCount(reach), row = start + i + lane;
                if (score[lane] + slack[lane] < survivors.Threshold || !(filter?.Invoke(chunk.Ids[row]) ?? true)) continue;
                survivors.Add(first + row, score[lane], slack[lane]);
            }

            threshold = Vector256.Create(survivors.Threshold);
        }
    }

    private static Neighbour[] Rescore(RowStore store, ReadOnlySpan<float> query, int count, Survivors survivors)
    {
        ReadOnlySpan<int> slots = survivors.Ranked(out ReadOnlySpan<float> highest);
        var best = new BestScores(count);
        var found = new List<Neighbour>(Math.Min(slots.Length, 2 * count));
        for (int i = 0; i < slots.Length && highest[i] >= best.Worst; i++)
        {
            float score = Fp32.Dot(store.RowOf(slots[i]), query);
            if (score < best.Worst) continue;
            found.Add(new Neighbour(store.IdOf(slots[i]), score));
            best.Offer(score);
        }

        found.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Id.CompareTo(b.Id));
        return [.. found.Take(count)];
    }
}
