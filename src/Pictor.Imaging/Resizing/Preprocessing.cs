using System.Buffers;

namespace Pictor.Imaging;

/// <summary>
/// From pixels to a network's input, in two steps: the 8-bit planes that training stores, and the numbers that enter the network.
/// It is part of every package, so that serving cannot differ from training.
/// </summary>
/// <param name="Shape">The input's shape.</param>
/// <param name="Policy">How other sizes are brought to it.</param>
/// <param name="Mean">Per channel, in units of 0..1, subtracted after the division by 255.</param>
/// <param name="Std">Per channel, in units of 0..1; divides last.</param>
public sealed record Preprocessing(PictureShape Shape, ResizePolicy Policy, IReadOnlyList<float> Mean, IReadOnlyList<float> Std)
{
    private const byte Padding = 114;

    /// <summary>The filter used for resizing. <value>Bilinear, antialiased.</value></summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>Resizes by the policy and converts channels (grey to RGB by repetition, RGB to grey by BT.601 luma).</summary>
    /// <param name="picture">Any size, 1 or 3 channels.</param>
    /// <param name="planes">[channels, height, width] of <see cref="Shape"/>.</param>
    /// <exception cref="ArgumentException">The span is too short, or the pixels do not fit their size.</exception>
    public void ToPlanes(Pixels picture, Span<byte> planes)
    {
        PixelGuard.Check(picture);
        if (planes.Length < Shape.Length)
            throw new ArgumentException($"{planes.Length} bytes are given; an input of {Shape} needs {Shape.Length}.", nameof(planes));
        planes = planes[..Shape.Length];
        if (picture.Width == Shape.Width && picture.Height == Shape.Height)
        {
            Planes.From(picture.Data, picture.Channels, Shape.Width, Shape.Height, planes, Shape);
            return;
        }

        Placement place = Placement.Of(picture, Shape, Policy);
        byte[] scratch = ArrayPool<byte>.Shared.Rent(place.Window.Width * place.Window.Height * picture.Channels);
        try
        {
            Span<byte> part = scratch.AsSpan(0, place.Window.Width * place.Window.Height * picture.Channels);
            Resampling.Run(picture, place.Width, place.Height, place.Window, Filter, part);
            if (place.Window.Width < Shape.Width || place.Window.Height < Shape.Height)
                planes.Fill(Padding);
            Planes.From(part, picture.Channels, place.Window.Width, place.Window.Height, planes, Shape);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    /// <summary>(v / 255 - mean) / std for each value.</summary>
    /// <param name="planes">[n, channels, height, width].</param>
    /// <param name="values">The same shape.</param>
    /// <exception cref="ArgumentException">Lengths that are no whole number of pictures, or differ.</exception>
    /// <exception cref="InvalidOperationException">Mean or Std do not fit the channels.</exception>
    public void Normalize(ReadOnlySpan<byte> planes, Span<float> values)
    {
        if (Mean.Count != Shape.Channels || Std.Count != Shape.Channels)
            throw new InvalidOperationException($"Mean ({Mean.Count} values) and Std ({Std.Count}) must have one value for each of the {Shape.Channels} channels.");
        if (planes.Length % Shape.Length != 0 || values.Length < planes.Length)
            throw new ArgumentException($"{planes.Length} bytes and {values.Length} values are given; both must hold the same whole number of pictures of {Shape}.", nameof(planes));
        int plane = Shape.Width * Shape.Height;
        for (int at = 0, channel = 0; at < planes.Length; at += plane, channel = (channel + 1) % Shape.Channels)
            Planes.Scale(planes.Slice(at, plane), values.Slice(at, plane), 1f / (255f * Std[channel]), -Mean[channel] / Std[channel]);
    }

    /// <summary>The options with which a file should be decoded for this input: shrink on load down to what the policy needs.</summary>
    /// <remarks>The shorter side stays at least twice as long as the input's longer one, so that the last step of the reduction is always the resizer's.</remarks>
    public DecodeOptions DecodeOptions() => new() { ShortSideAtLeast = 2 * Math.Max(Shape.Width, Shape.Height) };
}
