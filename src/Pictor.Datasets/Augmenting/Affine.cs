namespace Pictor.Datasets;

/// <summary>From a place in the target to a place in the source, both counted in pixels from the picture's centre: (A u + B v + C, D u + E v + F).</summary>
internal readonly record struct Affine(double A, double B, double C, double D, double E, double F)
{
    public static Affine Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>True when whole pixels are moved and nothing else, mirroring apart.</summary>
    public bool IsWholeShift => Math.Abs(A) == 1 && B == 0 && D == 0 && E == 1 && C == Math.Round(C) && F == Math.Round(F);

    public static Affine Shift(double dx, double dy) => Identity with { C = dx, F = dy };

    public static Affine Scale(double x, double y) => Identity with { A = x, E = y };

    public static Affine Rotation(double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        return new Affine(cos, -sin, 0, sin, cos, 0);
    }

    /// <summary>u + x v, y u + v.</summary>
    public static Affine Shear(double x, double y) => Identity with { B = x, D = y };

    /// <summary>First this, then <paramref name="next"/>.</summary>
    public Affine Then(Affine next) => new(
        (next.A * A) + (next.B * D), (next.A * B) + (next.B * E), (next.A * C) + (next.B * F) + next.C,
        (next.D * A) + (next.E * D), (next.D * B) + (next.E * E), (next.D * C) + (next.E * F) + next.F);
}
