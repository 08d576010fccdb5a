namespace Pictor.Models.Packages;

/// <summary>CRC-32 as zip uses it (polynomial 0xEDB88320, reflected), four bytes a step ("slicing by 4").</summary>
internal static class Crc32
{
    private static readonly uint[][] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            crc ^= System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = Tables[3][(byte)crc] ^ Tables[2][(byte)(crc >> 8)] ^ Tables[1][(byte)(crc >> 16)] ^ Tables[0][crc >> 24];
        }

        foreach (byte b in bytes)
            crc = Tables[0][(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[4][];
        for (int t = 0; t < 4; t++)
        {
            tables[t] = new uint[256];
            for (uint i = 0; i < 256; i++)
            {
                uint crc = t == 0 ? i : tables[t - 1][i];
                for (int bit = 0; bit < 8; bit++)
                    crc = (crc >> 1) ^ (0xEDB88320u & (0 - (crc & 1)));
                tables[t][i] = crc;
            }
        }

        return tables;
    }
}
