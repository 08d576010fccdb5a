using Pictor.Imaging;

namespace Pictor.Training.Explaining;

/// <summary>How the input lies over the upright picture: where its left edge and top edge are, and how wide and high it is, in fractions of the picture; it reaches beyond where the input is padded.</summary>
internal readonly record struct SeenRegion(double X, double Y, double Width, double Height)
{
    public static SeenRegion Of(int width, int height, Preprocessing input)
    {
        double across = (double)input.Shape.Width / width, down = (double)input.Shape.Height / height;
        switch (input.Policy)
        {
            case ResizePolicy.CentreCrop:
                double scale = Math.Max(across, down);
                (double w, double h) = (across / scale, down / scale);
                return new SeenRegion((1 - w) / 2, (1 - h) / 2, w, h);
            case ResizePolicy.Letterbox:
                scale = Math.Min(across, down);
                return new SeenRegion(0, 0, across / scale, down / scale);
            default:
                return new SeenRegion(0, 0, 1, 1);
        }
    }
}
