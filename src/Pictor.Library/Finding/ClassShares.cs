using System.Buffers.Binary;

namespace Pictor.Library.Finding;

/// <summary>
/// Class probabilities of one picture as they are stored: (class, probability) pairs of two little-endian 16-bit numbers, probability in 65,535ths rounded down, likeliest first.
/// Kept are the classes that could add anything to a sum: at least 0.005, at most 32 of them, so 128 bytes.
/// </summary>
internal static class ClassShares
{
    internal const double Least = 0.005;
    internal const int Most = 32;
    internal const int PairBytes = 4;

    internal static byte[] Pack(ReadOnlySpan<float> probabilities)
    {
        var kept = new List<(int Class, float Probability)>();
        for (int i = 0; i < Math.Min(probabilities.Length, ushort.MaxValue + 1); i++)
        {
            if (probabilities[i] >= Least)
                kept.Add((i, probabilities[i]));
        }

        kept.Sort((a, b) => b.Probability.CompareTo(a.Probability) is var order and not 0 ? order : a.Class.CompareTo(b.Class));
        int count = Math.Min(Most, kept.Count);
        byte[] packed = new byte[count * PairBytes];
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan(i * PairBytes), (ushort)kept[i].Class);
            BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan((i * PairBytes) + 2), (ushort)Math.Clamp(kept[i].Probability * ushort.MaxValue, 0, ushort.MaxValue));
        }

        return packed;
    }

    internal static (int Class, double Probability) Read(ReadOnlySpan<byte> packed, int pair) => (
        BinaryPrimitives.ReadUInt16LittleEndian(packed[(pair * PairBytes)..]),
        BinaryPrimitives.ReadUInt16LittleEndian(packed[((pair * PairBytes) + 2)..]) / (double)ushort.MaxValue);
}
