using System.Numerics;

namespace Pictor.Datasets;

/// <summary>The sum of many bytes.</summary>
internal static class ByteSum
{
    public static long Of(ReadOnlySpan<byte> values)
    {
        long sum = 0;
        int i = 0, lanes = Vector<byte>.Count;
        while (i + lanes <= values.Length)
        {
            // 16 bits hold 257 bytes of 255; each round adds two to a lane.
            Vector<ushort> part = Vector<ushort>.Zero;
            for (int n = 0; n < 128 && i + lanes <= values.Length; n++, i += lanes)
            {
                Vector.Widen(new Vector<byte>(values[i..]), out Vector<ushort> low, out Vector<ushort> high);
                part += low + high;
            }

            Vector.Widen(part, out Vector<uint> a, out Vector<uint> b);
            sum += Vector.Sum(a + b);
        }

        for (; i < values.Length; i++)
            sum += values[i];
        return sum;
    }
}
