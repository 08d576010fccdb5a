namespace Pictor.Datasets.Assembling;

/// <summary>From a format's boxes to fractions of the upright picture.</summary>
internal static class BoxPlacing
{
    /// <summary>What reaches over the edge by less than this share of a side is rounding, not a fault.</summary>
    private const double Rounding = 2e-3;

    /// <summary>Fractions of the stored picture, turned with it.</summary>
    /// <param name="box">Fractions of the stored picture.</param>
    /// <param name="orientation">EXIF 2.32, table 6: which corner of the scene the first stored row and column are.</param>
    public static BoundingBox Upright(BoundingBox box, int orientation)
    {
        (double x, double y, double w, double h) = box;
        return orientation switch
        {
            2 => new(1 - x - w, y, w, h),
            3 => new(1 - x - w, 1 - y - h, w, h),
            4 => new(x, 1 - y - h, w, h),
            5 => new(y, x, h, w),
            6 => new(1 - y - h, x, h, w),
            7 => new(1 - y - h, 1 - x - w, h, w),
            8 => new(y, 1 - x - w, h, w),
            _ => box,
        };
    }

    /// <summary>The inverse: fractions of the upright picture, as they lie in the file.</summary>
    public static BoundingBox Stored(BoundingBox box, int orientation) => Upright(box, orientation switch { 6 => 8, 8 => 6, _ => orientation });

    /// <summary>Cuts a box off at the edges of the picture; null when nothing is left. <paramref name="cut"/> tells whether more than rounding went.</summary>
    public static BoundingBox? Clamp(BoundingBox box, out bool cut)
    {
        double left = Math.Clamp(box.X, 0, 1), top = Math.Clamp(box.Y, 0, 1), right = Math.Clamp(box.X + box.Width, 0, 1), bottom = Math.Clamp(box.Y + box.Height, 0, 1);
        cut = box.X < -Rounding || box.Y < -Rounding || box.X + box.Width > 1 + Rounding || box.Y + box.Height > 1 + Rounding;
        if (!(right > left && bottom > top) || !double.IsFinite(right - left + bottom - top))
            return null;

        // A box inside keeps its very numbers, so that nothing drifts when it is written and read again.
        bool inside = box.X >= 0 && box.Y >= 0 && box.X + box.Width <= 1 && box.Y + box.Height <= 1;
        return inside ? box : new BoundingBox(left, top, right - left, bottom - top);
    }
}
