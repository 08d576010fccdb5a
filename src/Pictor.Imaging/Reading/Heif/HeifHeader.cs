namespace Pictor.Imaging;

/// <summary>
/// Reads the size and metadata of a HEIF or AVIF file's primary picture from its boxes (ISO 23008-12), so that the guard can refuse before a decoder is started.
/// Boxes are walked by their lengths, each inside its parent; counts are bounded by the bytes that there are.
/// </summary>
internal static class HeifHeader
{
    internal static FileFacts Read(ReadOnlySpan<byte> file, string name)
    {
        if (!BoxReader.TryFind(file, 0..file.Length, "meta"u8, out Range meta))
            throw Fault.Damaged(name, "the file of boxes holds no still picture, or ends before it is described");
        Range inside = BoxReader.AfterVersion(meta);
        var items = HeifItems.Read(file, inside);
        if (!BoxReader.TryFind(file, inside, "iprp"u8, out Range properties) || !BoxReader.TryFind(file, properties, "ipco"u8, out Range container))
            throw Fault.Damaged(name, "the file does not describe its picture");

        List<Range> all = BoxReader.Children(file, container);
        long width = 0, height = 0;
        bool turned = false;
        foreach (int index in HeifItems.PropertiesOf(file, properties, items.Primary))
        {
            if (index < 1 || index > all.Count)
                continue;
            ReadOnlySpan<byte> box = file[all[index - 1]];
            if (BoxReader.Is(box, "ispe"u8) && box.Length >= 20)
                (width, height) = (BoxReader.UInt32(box[12..]), BoxReader.UInt32(box[16..]));
            else if (BoxReader.Is(box, "clap"u8) && box.Length >= 24 && BoxReader.UInt32(box[12..]) > 0 && BoxReader.UInt32(box[20..]) > 0)
                (width, height) = (Math.Min(width, BoxReader.UInt32(box[8..]) / BoxReader.UInt32(box[12..])), Math.Min(height, BoxReader.UInt32(box[16..]) / BoxReader.UInt32(box[20..])));
            else if (BoxReader.Is(box, "irot"u8) && box.Length >= 9)
                turned ^= (box[8] & 1) == 1;
        }

        bool alpha = false;
        foreach (Range box in all)
            alpha |= BoxReader.Is(file[box], "auxC"u8) && (file[box].IndexOf("alpha"u8) > 0 || file[box].IndexOf("auxid:1"u8) > 0);
        return new FileFacts(turned ? height : width, turned ? width : height)
        {
            TurnedByDecoder = true,
            Alpha = alpha,
            Av1 = items.PrimaryIsAv1,
            Exif = ExifIn(file, items.Exif),
            Xmp = items.Xmp,
        };
    }

    // Four bytes tell how far the block is from here: most often the six of "Exif".
    private static Range ExifIn(ReadOnlySpan<byte> file, Range item)
    {
        (int start, int length) = item.GetOffsetAndLength(file.Length);
        if (length < 8)
            return default;
        uint skip = BoxReader.UInt32(file[start..]);
        return skip > length - 4 ? default : (start + 4 + (int)skip)..(start + length);
    }
}
