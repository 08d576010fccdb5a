namespace Pictor.VectorSearch.Kernels;

/// <summary>The plain meaning of the others.</summary>
internal sealed unsafe class ScalarKernel : IScanKernel
{
    public static bool IsSupported => true;

    public static void Dot4(byte* rows, nint stride, short* query, int length, int* sums)
    {
        for (int row = 0; row < 4; row++)
        {
            byte* codes = rows + (row * stride);
            int sum = 0;
            for (int block = 0; block < length; block += 64)
            {
                for (int i = 0; i < 32; i++)
                    sum += (codes[block + (2 * i)] * query[block + i]) + (codes[block + (2 * i) + 1] * query[block + 32 + i]);
            }

            sums[row] = sum;
        }
    }
}
