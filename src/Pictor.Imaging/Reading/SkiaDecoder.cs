using System.Buffers;
using SkiaSharp;

namespace Pictor.Imaging;

/// <summary>JPEG, PNG, BMP, WebP and GIF through Skia's codecs, straight from the caller's bytes.</summary>
internal static class SkiaDecoder
{
    // The pool keeps what it is given back: a rare large picture must not stay in memory for good.
    private const int LargestPooled = 4 << 20;

    internal static unsafe Pixels Decode(ReadOnlyMemory<byte> file, string name, PictureFormat format, FileFacts facts, int shortSideAtLeast)
    {
        using MemoryHandle pin = file.Pin();
        using SKData data = SKData.Create((nint)pin.Pointer, file.Length);
        using SKCodec codec = SKCodec.Create(data) ?? throw Fault.Damaged(name, $"the {Fault.NameOf(format)} header is not valid, or the file ends within it");
        if (codec.Info.Width != facts.Width || codec.Info.Height != facts.Height)
            throw Fault.Damaged(name, $"the file says both {facts.Width} x {facts.Height} and {codec.Info.Width} x {codec.Info.Height} pixels");
        SKSizeI size = format == PictureFormat.Jpeg ? Shrunk(codec, shortSideAtLeast) : codec.Info.Size;
        bool opaque = !facts.Alpha || codec.Info.AlphaType == SKAlphaType.Opaque;
        bool grey = facts.Grey && opaque;

        // Only a profile that is embedded is followed; PNG's lone gamma values are too often wrong.
        using SKColorSpace? colours = facts.Profile && !grey && codec.Info.ColorSpace is { IsSrgb: false } ? SKColorSpace.CreateSrgb() : null;
        var info = new SKImageInfo(
            size.Width, size.Height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul, colours);
        var pixels = new Pixels(
            size.Width, size.Height, facts.Grey ? 1 : 3, GC.AllocateUninitializedArray<byte>(size.Width * size.Height * (facts.Grey ? 1 : 3)));
        SKCodecResult result = grey ? Whole(codec, info, pixels.Data)
            : facts.ByRows ? Rows(codec, info, pixels)
            : WholeThenPacked(codec, info, pixels);
        return result switch
        {
            SKCodecResult.Success => pixels,
            SKCodecResult.IncompleteInput => throw Fault.Truncated(name, format),
            SKCodecResult.Unimplemented or SKCodecResult.InvalidConversion => throw Fault.Unsupported(name, $"this kind of {Fault.NameOf(format)} file cannot be decoded"),
            _ => throw Fault.Damaged(name, $"the {Fault.NameOf(format)} data is not valid"),
        };
    }

    private static unsafe SKCodecResult Whole(SKCodec codec, SKImageInfo info, Span<byte> pixels)
    {
        fixed (byte* p = pixels)
            return codec.GetPixels(info, (nint)p, info.RowBytes, SKCodecOptions.Default);
    }

    private static SKCodecResult WholeThenPacked(SKCodec codec, SKImageInfo info, Pixels pixels)
    {
        bool pooled = info.BytesSize <= LargestPooled;
        byte[] scratch = pooled ? ArrayPool<byte>.Shared.Rent(info.BytesSize) : GC.AllocateUninitializedArray<byte>(info.BytesSize);
        try
        {
            Span<byte> rgba = scratch.AsSpan(0, info.BytesSize);
            SKCodecResult result = Whole(codec, info, rgba);
            if (result == SKCodecResult.Success)
                Pack(rgba, pixels.Data, info, pixels.Channels);
            return result;
        }
        finally
        {
            if (pooled) ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    // A band of rows stays in the processor's cache between decoding and packing.
    private static unsafe SKCodecResult Rows(SKCodec codec, SKImageInfo info, Pixels pixels)
    {
        SKCodecResult started = codec.StartScanlineDecode(info, SKCodecOptions.Default);
        if (started != SKCodecResult.Success)
            return started;
        int band = Math.Min(info.Height, Math.Max(1, (128 << 10) / info.RowBytes));
        byte[] scratch = ArrayPool<byte>.Shared.Rent(band * info.RowBytes);
        try
        {
            for (int y = 0; y < info.Height; y += band)
            {
                int rows = Math.Min(band, info.Height - y);
                fixed (byte* p = scratch)
                {
                    if (codec.GetScanlines((nint)p, rows, info.RowBytes) < rows)
                        return SKCodecResult.IncompleteInput;
                }

                Pack(scratch.AsSpan(0, rows * info.RowBytes), pixels.Data.AsSpan(y * info.Width * pixels.Channels), info, pixels.Channels);
            }

            return SKCodecResult.Success;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static void Pack(ReadOnlySpan<byte> rgba, Span<byte> kept, SKImageInfo info, int channels)
    {
        if (info.AlphaType == SKAlphaType.Opaque)
            Packing.DropAlpha(rgba, kept);
        else
            Packing.OntoWhite(rgba, kept, channels);
    }

    // Halving keeps to the reductions that the decoder has fast paths for (1/2, 1/4, 1/8).
    private static SKSizeI Shrunk(SKCodec codec, int shortSideAtLeast)
    {
        for (int part = 8; part > 1 && shortSideAtLeast > 0; part /= 2)
        {
            SKSizeI shrunk = codec.GetScaledDimensions(1f / part);
            if (Math.Min(shrunk.Width, shrunk.Height) >= shortSideAtLeast)
                return shrunk;
        }

        return codec.Info.Size;
    }
}
