using System.Globalization;
using System.Text;

namespace Pictor.Training.Drawing;

/// <summary>The few SVG elements that our charts are made of. Colours come from classes, so that light and dark are a matter of CSS.</summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();

    /// <summary>A coordinate: two decimals are a fiftieth of a pixel's edge, enough and small.</summary>
    public static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Text that is safe between tags and inside quoted attributes.</summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '&' => safe.Append("&amp;"),
                '"' => safe.Append("&quot;"),
                '\'' => safe.Append("&#39;"),
                < ' ' and not ('\t' or '\n' or '\r') or '\uFFFE' or '\uFFFF' => safe.Append('\uFFFD'),
                _ => safe.Append(c),
            };
        }

        return safe.ToString();
    }

    public Svg Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public Svg Line(double x1, double y1, double x2, double y2, string style) =>
        Raw($"<line class=\"{style}\" x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\"/>");

    public Svg Rect(double x, double y, double width, double height, string style, string? tip = null) =>
        Raw($"<rect class=\"{style}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\"").Close("rect", tip);

    public Svg Circle(double x, double y, double radius, string style, string? tip = null) =>
        Raw($"<circle class=\"{style}\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\"").Close("circle", tip);

    public Svg Text(double x, double y, string text, string style, string anchor = "start") =>
        Raw($"<text class=\"{style}\" x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\">{Escape(text)}</text>");

    public Svg Path(IEnumerable<(double X, double Y)> points, string style)
    {
        _text.Append("<path class=\"").Append(style).Append("\" d=\"");
        char command = 'M';
        foreach ((double x, double y) in points)
        {
            _text.Append(command).Append(N(x)).Append(' ').Append(N(y));
            command = 'L';
        }

        return Raw("\"/>");
    }

    public override string ToString() => _text.ToString();

    private Svg Close(string name, string? tip) => Raw(tip is null ? "/>" : $"><title>{Escape(tip)}</title></{name}>");
}
