namespace Pictor.Imaging;

/// <summary>The size that a whole picture is brought to, and the part of it that enters the network.</summary>
internal readonly record struct Placement(int Width, int Height, Window Window)
{
    internal static Placement Of(Pixels picture, PictureShape shape, ResizePolicy policy)
    {
        // The side that decides: compare w / W with h / H without dividing.
        bool wide = (long)picture.Width * shape.Height >= (long)picture.Height * shape.Width;
        switch (policy)
        {
            case ResizePolicy.CentreCrop:
                int width = wide ? Math.Max(shape.Width, Resizer.Scaled(picture.Width, shape.Height, picture.Height)) : shape.Width;
                int height = wide ? shape.Height : Math.Max(shape.Height, Resizer.Scaled(picture.Height, shape.Width, picture.Width));
                return new Placement(width, height, new Window((width - shape.Width) / 2, (height - shape.Height) / 2, shape.Width, shape.Height));
            case ResizePolicy.Letterbox:
                width = wide ? shape.Width : Math.Min(shape.Width, Resizer.Scaled(picture.Width, shape.Height, picture.Height));
                height = wide ? Math.Min(shape.Height, Resizer.Scaled(picture.Height, shape.Width, picture.Width)) : shape.Height;
                return new Placement(width, height, Window.Whole(width, height));
            default:
                return new Placement(shape.Width, shape.Height, Window.Whole(shape.Width, shape.Height));
        }
    }
}
