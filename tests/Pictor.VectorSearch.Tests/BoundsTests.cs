using CsCheck;
using Pictor.VectorSearch.Kernels;
using Pictor.VectorSearch.Scanning;
using Pictor.VectorSearch.Storage;

namespace Pictor.VectorSearch.Tests;

public sealed unsafe class BoundsTests
{
    public static TheoryData<Lie> Lies => [.. Enum.GetValues<Lie>()];

    [Theory]
    [MemberData(nameof(Lies))]
    public void Write_AnyRow_IsAsNearItsCodesAsTheErrorSays(Lie lie) =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 400]).Sample((seed, dimensions) =>
        {
            float[] vector = VectorData.Make(lie, 8, dimensions, new Random(seed))[seed % 8];
            using var chunk = new RowChunk(new RowShape(dimensions, 8));
            RowChunk filled = Fill(chunk, vector, row: 3);
            double[] decoded = [.. filled.CodesOf(3)[..dimensions].ToArray().Select(code => (code - RowCodes.Offset) * (double)filled.Scales[3])];
            double distance = Math.Sqrt(vector.Zip(decoded, (x, y) => (x - y) * (x - y)).Sum());
            double longest = Math.Max(Math.Sqrt(decoded.Sum(x => x * x)), Math.Sqrt(vector.Sum(x => (double)x * x)));
            Assert.InRange(distance, 0, filled.Errors[3]);
            Assert.InRange(longest, 0, filled.Norms[3]);

            // Sound bounds are easy when they are loose: these are within a thousandth of the truth and some rounding.
            Assert.InRange(filled.Errors[3], 0, (distance * 1.001) + (longest * 1e-5));
            Assert.InRange(filled.Norms[3], 0, (longest * 1.0001) + distance + (longest * 1e-5));
        });

    [Theory]
    [MemberData(nameof(Lies))]
    public void Score_AnyRowAndQuery_LiesWithinTheBounds(Lie lie) =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 9000]).Sample((seed, dimensions) =>
        {
            var random = new Random(seed);
            float[][] vectors = VectorData.Make(lie, 2, dimensions, random);
            var shape = new RowShape(dimensions, 8);
            using var chunk = new RowChunk(shape);
            Fill(chunk, vectors[0], row: 0);
            using var query = new QueryCodes(vectors[1], shape);
            float* scores = stackalloc float[64];
            ExactScan.Score<ScalarKernel>(chunk.Codes, 8, query, shape.CodeStride, scores);
            double score = (double)scores[0] * chunk.Scales[0] * query.Scale;
            double slack = ((double)chunk.Errors[0] * query.Norm) + ((double)chunk.Norms[0] * query.Slack);
            Assert.InRange(Fp32.Dot(chunk.RowOf(0), query.Row), score - slack, score + slack);
        }, iter: 100);

    private static RowChunk Fill(RowChunk chunk, float[] vector, int row)
    {
        vector.CopyTo(chunk.RowOf(row));
        chunk.RowOf(row)[vector.Length..].Clear();
        RowCodes.Write(chunk, row, vector.Length);
        return chunk;
    }
}
