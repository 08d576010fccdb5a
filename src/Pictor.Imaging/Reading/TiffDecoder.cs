using BitMiracle.LibTiff.Classic;

namespace Pictor.Imaging;

/// <summary>The first page of a TIFF file, by rows where its layout allows, else by strips or tiles that the library turns into RGBA.</summary>
internal static class TiffDecoder
{
    // The library has one process-wide handler, which by default writes to the console.
    static TiffDecoder() => Tiff.SetErrorHandler(new SilentErrors());

    internal static Pixels Decode(ReadOnlyMemory<byte> file, string name)
    {
        TiffLayout layout = TiffHeader.Layout(file.Span, name);
        TiffHeader.CheckData(file.Span, name, layout);
        try
        {
            var complaints = new Complaints();
            using Tiff? tiff = Tiff.ClientOpen(name, "r", complaints, new MemoryTiffStream(file));
            if (tiff is null || Field(tiff, TiffTag.IMAGEWIDTH) != layout.Width || Field(tiff, TiffTag.IMAGELENGTH) != layout.Height)
                throw Fault.Damaged(name, "the TIFF file's first directory is not valid");
            int channels = layout.Grey ? 1 : 3;
            var pixels = new Pixels((int)layout.Width, (int)layout.Height, channels, GC.AllocateUninitializedArray<byte>((int)(layout.Width * layout.Height * channels)));

            // What is said of the directory is often harmless; what is said of pixels is not.
            complaints.Any = false;
            bool whole = layout.ByRows ? TiffRows.Read(tiff, layout, pixels) : TiffRaster.Read(tiff, layout, pixels, name);
            return whole && !complaints.Any ? pixels : throw Fault.Truncated(name, PictureFormat.Tiff);
        }
        catch (Exception e) when (e is not (PictureException or OutOfMemoryException))
        {
            // Fed with nonsense, the library fails in many ways (index, null, arithmetic); all mean the same.
            throw Fault.Damaged(name, "the TIFF data is not valid", e);
        }
    }

    private static int Field(Tiff tiff, TiffTag tag) => tiff.GetField(tag) is [var value, ..] ? value.ToInt() : 0;

    /// <summary>Handed to the library with a file; it comes back with every error.</summary>
    private sealed class Complaints
    {
        internal bool Any { get; set; }
    }

    private sealed class SilentErrors : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
            if (clientData is Complaints complaints)
                complaints.Any = true;
        }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }
    }
}
