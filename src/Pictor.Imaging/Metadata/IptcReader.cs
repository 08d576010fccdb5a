using System.Buffers.Binary;
using System.Text;

namespace Pictor.Imaging;

/// <summary>Keywords, title and description of an IPTC record (IIM 4.2): data sets, each with its length before it. The texts are in the record's own character set, which few writers name.</summary>
internal static class IptcReader
{
    private const byte Marker = 0x1C;

    private static readonly Encoding s_strictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Lazy<Encoding> s_chinese = new(() => CodePagesEncodingProvider.Instance.GetEncoding(54936)!);

    internal static DescriptiveMetadata Read(ReadOnlySpan<byte> record)
    {
        bool utf8 = false;
        var words = new KeywordList();
        string? title = null, description = null;
        for (int at = 0; at + 5 <= record.Length && record[at] == Marker;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(record[(at + 3)..]);

            // The highest bit announces a longer length; no text that is wanted has one.
            if (length > 0x7FFF || length > record.Length - at - 5)
                break;
            ReadOnlySpan<byte> value = record.Slice(at + 5, length);
            switch (record[at + 1], record[at + 2])
            {
                case (1, 90):
                    utf8 = value.SequenceEqual("\x1b%G"u8);
                    break;
                case (2, 5):
                    title ??= KeywordList.Clean(TextOf(value, utf8), KeywordList.LongestText);
                    break;
                case (2, 25):
                    words.AddWord(TextOf(value, utf8));
                    break;
                case (2, 120):
                    description ??= KeywordList.Clean(TextOf(value, utf8), KeywordList.LongestText);
                    break;
            }

            at += 5 + length;
        }

        return new DescriptiveMetadata { Keywords = words.ToKeywords(), Title = title, Description = description };
    }

    /// <summary>UTF-8 where it is named or valid. Else GB 18030, where nothing but Chinese characters (GB 2312's) and signs stands there; else Latin-1, which takes anything.</summary>
    private static string TextOf(ReadOnlySpan<byte> value, bool utf8)
    {
        if (utf8)
            return Encoding.UTF8.GetString(value);
        try
        {
            return s_strictUtf8.GetString(value);
        }
        catch (DecoderFallbackException)
        {
            return IsChinese(value) ? s_chinese.Value.GetString(value) : Encoding.Latin1.GetString(value);
        }
    }

    private static bool IsChinese(ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] < 0x80)
            {
                if (char.IsAsciiLetter((char)value[i]))
                    return false;
            }
            else if (i + 1 < value.Length && value[i] is >= 0xA1 and <= 0xF7 && value[i + 1] is >= 0xA1 and <= 0xFE)
            {
                i++;
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
