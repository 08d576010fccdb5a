using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Pictor.Imaging;

/// <summary>
/// What is kept of a picture to find its duplicates: a hash of its pixels, a small grey copy and, for pictures with a side above 64, corners with
/// binary descriptors. 1 to 15 KB a picture, whatever its size.
/// </summary>
public sealed class PictureFingerprint
{
    /// <summary>The shorter side that is enough: a decoder may shrink to it (<see cref="DecodeOptions.ShortSideAtLeast"/>).</summary>
    public const int EnoughPixels = 256;

    // Sides up to this are tiny pictures: they have no corners to speak of, and are compared pixel by pixel.
    private const int LargestTiny = 64;

    private PictureFingerprint(GreyCopy copy, CornerSet? corners, UInt128 pixelHash)
    {
        Copy = copy;
        Corners = corners;
        PixelHash = pixelHash;
    }

    internal GreyCopy Copy { get; }

    internal CornerSet? Corners { get; }

    internal UInt128 PixelHash { get; }

    /// <summary>Computes it. Safe from several threads; equal pixels give equal fingerprints.</summary>
    /// <param name="pixels">The upright picture, at least <see cref="EnoughPixels"/> on the shorter side or at its full size.</param>
    /// <param name="corners">Most corners kept, 0..500; fewer take less memory and find fewer crops.</param>
    /// <exception cref="ArgumentException">Sides, channels or data do not fit together.</exception>
    public static PictureFingerprint Of(Pixels pixels, int corners = 200)
    {
        PixelGuard.Check(pixels);
        ArgumentOutOfRangeException.ThrowIfNegative(corners);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(corners, 500);
        Pixels grey = GreyOf(pixels);
        bool tiny = Math.Max(pixels.Width, pixels.Height) <= LargestTiny;
        return new PictureFingerprint(GreyCopy.Of(grey), tiny || corners == 0 ? null : CornerFinder.Find(grey, corners), HashOf(pixels));
    }

    /// <summary>As bytes, to be kept.</summary>
    public byte[] ToBytes() => FingerprintBytes.Write(Copy, Corners, PixelHash);

    /// <summary>What <see cref="ToBytes"/> wrote; null when it is of another version or damaged, and must be made again.</summary>
    public static PictureFingerprint? FromBytes(ReadOnlySpan<byte> bytes) => FingerprintBytes.Read(bytes) is { } read ? new PictureFingerprint(read.Copy, read.Corners, read.Hash) : null;

    private static Pixels GreyOf(Pixels pixels)
    {
        if (pixels.Channels == 1)
            return pixels;
        byte[] grey = GC.AllocateUninitializedArray<byte>(pixels.Width * pixels.Height);
        Planes.Luma(pixels.Data, grey);
        return new Pixels(pixels.Width, pixels.Height, 1, grey);
    }

    private static UInt128 HashOf(Pixels pixels)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(pixels.Data, digest);
        UInt128 hash = MemoryMarshal.Read<UInt128>(digest);
        return hash ^ (((UInt128)(uint)pixels.Width << 64) | ((UInt128)(uint)pixels.Height << 32) | (uint)pixels.Channels);
    }
}
