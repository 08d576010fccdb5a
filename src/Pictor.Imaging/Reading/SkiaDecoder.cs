using System.Buffers;
using SkiaSharp;

namespace Pictor.Imaging;

/// <summary>JPEG, PNG, BMP, WebP and GIF through Skia's codecs, straight from the caller's bytes.</summary>
internal static class SkiaDecoder
{
    internal static unsafe Pixels Decode(ReadOnlyMemory<byte> file, string name, PictureFormat format, FileFacts facts, int shortSideAtLeast)
    {
        using MemoryHandle pin = file.Pin();
        using SKData data = SKData.Create((nint)pin.Pointer, file.Length);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is null)
            throw Fault.Damaged(name, $"the {format} header is not valid");
        if (codec.Info.Width != facts.Width || codec.Info.Height != facts.Height)
            throw Fault.Damaged(name, $"the header says {facts.Width} x {facts.Height} pixels, the decoder {codec.Info.Width} x {codec.Info.Height}");
        SKSizeI size = format == PictureFormat.Jpeg ? Shrunk(codec, shortSideAtLeast) : codec.Info.Size;
        bool grey = facts.Grey && !facts.Alpha;
        SKAlphaType alpha = facts.Alpha && codec.Info.AlphaType != SKAlphaType.Opaque ? SKAlphaType.Unpremul : SKAlphaType.Opaque;
        var info = new SKImageInfo(size.Width, size.Height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, alpha);
        if (grey)
        {
            byte[] pixels = GC.AllocateUninitializedArray<byte>(info.BytesSize);
            Fill(codec, info, pixels, name, format);
            return new Pixels(size.Width, size.Height, 1, pixels);
        }

        byte[] scratch = ArrayPool<byte>.Shared.Rent(info.BytesSize);
        try
        {
            Span<byte> rgba = scratch.AsSpan(0, info.BytesSize);
            if (alpha != SKAlphaType.Opaque)
                rgba.Clear();
            Fill(codec, info, rgba, name, format);
            int channels = facts.Grey ? 1 : 3;
            byte[] pixels = GC.AllocateUninitializedArray<byte>(size.Width * size.Height * channels);
            if (alpha == SKAlphaType.Opaque)
                Packing.DropAlpha(rgba, pixels);
            else
                Packing.OntoWhite(rgba, pixels, channels);
            return new Pixels(size.Width, size.Height, channels, pixels);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static unsafe void Fill(SKCodec codec, SKImageInfo info, Span<byte> pixels, string name, PictureFormat format)
    {
        fixed (byte* p = pixels)
        {
            SKCodecResult result = codec.GetPixels(info, (nint)p, info.RowBytes, SKCodecOptions.Default);
            if (result != SKCodecResult.Success)
                throw Refusal(name, format, result);
        }
    }

    // Halving keeps to the reductions that the decoder has fast paths for (1/2, 1/4, 1/8).
    private static SKSizeI Shrunk(SKCodec codec, int shortSideAtLeast)
    {
        SKSizeI size = codec.Info.Size;
        for (int part = 8; part > 1 && shortSideAtLeast > 0; part /= 2)
        {
            SKSizeI shrunk = codec.GetScaledDimensions(1f / part);
            if (Math.Min(shrunk.Width, shrunk.Height) >= shortSideAtLeast)
                return shrunk;
        }

        return size;
    }

    private static PictureException Refusal(string name, PictureFormat format, SKCodecResult result) => result switch
    {
        SKCodecResult.IncompleteInput => Fault.Truncated(name, format),
        SKCodecResult.Unimplemented or SKCodecResult.InvalidConversion => Fault.Unsupported(name, $"this kind of {format} file cannot be decoded"),
        _ => Fault.Damaged(name, $"the {format} data is not valid ({result})"),
    };
}
