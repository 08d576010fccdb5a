namespace Pictor.Training.Drawing;

/// <summary>A curve in a plot.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Style">CSS class that gives its colour: s1, s2, ...</param>
/// <param name="Points">In data units.</param>
/// <param name="Marked">A dot at every point.</param>
internal sealed record Curve(string Name, string Style, IReadOnlyList<(double X, double Y)> Points, bool Marked = false);

/// <summary>A titled pair of axes with curves in it, drawn into a given rectangle.</summary>
internal sealed record Plot(string Title, string XTitle, Scale X, Scale Y, IReadOnlyList<Curve> Curves)
{
    private const double Left = 46, Right = 14, Top = 44, Bottom = 40;

    /// <summary>Format of the ticks of the vertical axis; by default what the scale says.</summary>
    public Func<double, string>? YText { get; init; }

    /// <summary>Likewise of the horizontal axis.</summary>
    public Func<double, string>? XText { get; init; }

    /// <summary>Drawn below the curves, given the mapping from data to the picture.</summary>
    public Action<Svg, Func<double, double>, Func<double, double>>? Underlay { get; init; }

    /// <summary>Drawn above the curves.</summary>
    public Action<Svg, Func<double, double>, Func<double, double>>? Overlay { get; init; }

    /// <summary>Where the axes lie inside the rectangle: left, right, bottom, top.</summary>
    public static (double X0, double X1, double Y0, double Y1) Frame(double x, double y, double width, double height) =>
        (x + Left, x + width - Right, y + height - Bottom, y + Top);

    public void Draw(Svg svg, double x, double y, double width, double height)
    {
        (double x0, double x1, double y0, double y1) = Frame(x, y, width, height);
        double Px(double value) => X.Place(value, x0, x1);
        double Py(double value) => Y.Place(value, y0, y1);

        svg.Text(x + Left, y + 18, Title, "title");
        DrawLegend(svg, x + Left, y + 34);
        foreach (double tick in Y.Ticks)
        {
            svg.Line(x0, Py(tick), x1, Py(tick), "grid");
            svg.Text(x0 - 8, Py(tick) + 4, YText?.Invoke(tick) ?? Y.Text(tick), "tick", "end");
        }

        foreach (double tick in X.Ticks)
        {
            svg.Line(Px(tick), y0, Px(tick), y0 + 4, "axis");
            svg.Text(Px(tick), y0 + 17, XText?.Invoke(tick) ?? X.Text(tick), "tick", "middle");
        }

        svg.Line(x0, y0, x1, y0, "axis");
        svg.Text((x0 + x1) / 2, y0 + 34, XTitle, "tick", "middle");
        Underlay?.Invoke(svg, Px, Py);
        foreach (Curve curve in Curves)
            DrawCurve(svg, curve, Px, Py);
        Overlay?.Invoke(svg, Px, Py);
    }

    private static void DrawCurve(Svg svg, Curve curve, Func<double, double> px, Func<double, double> py)
    {
        (double X, double Y)[] points = [.. curve.Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).Select(p => (px(p.X), py(p.Y)))];
        if (points.Length > 1)
            svg.Path(points, "curve " + curve.Style);
        if (!curve.Marked && points.Length != 1)
            return;
        foreach ((double x, double y) in points)
            svg.Circle(x, y, points.Length > 40 ? 1.5 : 3, "dot " + curve.Style);
    }

    private void DrawLegend(Svg svg, double x, double y)
    {
        foreach (Curve curve in Curves.Where(curve => curve.Name.Length > 0))
        {
            svg.Line(x, y - 4, x + 16, y - 4, "curve " + curve.Style);
            svg.Text(x + 21, y, curve.Name, "tick");
            x += 34 + (curve.Name.Length * 6.2);
        }
    }
}
