using System.Globalization;
using System.Text;
using Pictor.Datasets.Assembling;

namespace Pictor.Datasets.Yolo;

/// <summary>One label file: a line a box, <c>class x y width height</c> as fractions, x and y being the middle; or the class and an outline of at least three points.</summary>
internal static class YoloLabels
{
    public static List<DraftBox> Parse(ReadOnlySpan<byte> bytes, string name, IReadOnlyList<string> names, Action<string, string> fault)
    {
        var boxes = new List<DraftBox>();
        int number = 0;
        foreach (string line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            number++;
            string[] fields = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0)
                continue;
            string where = string.Create(CultureInfo.InvariantCulture, $"{name} line {number}");
            if (!int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int c))
                fault(where, $"'{fields[0]}' is no number of a class");
            else if (names.Count > 0 && c >= names.Count)
                fault(where, string.Create(CultureInfo.InvariantCulture, $"class {c} is not among the {names.Count} classes, which count from 0"));
            else if (!Numbers(fields, out double[] values))
                fault(where, "a value behind the class is no number");
            else if (BoxOf(values, names.Count > 0 ? names[c] : c.ToString(CultureInfo.InvariantCulture)) is { } box)
                boxes.Add(box);
            else
                fault(where, string.Create(CultureInfo.InvariantCulture, $"{values.Length} numbers follow the class; a box has 4, an outline at least 6"));
        }

        return boxes;
    }

    private static DraftBox? BoxOf(double[] v, string label)
    {
        // Four numbers are a box, five a box and its confidence, an even number from six on an outline.
        if (v.Length is 4 or 5)
            return new DraftBox(label, v[0] - (v[2] / 2), v[1] - (v[3] / 2), v[2], v[3]);
        if (v.Length < 6 || v.Length % 2 != 0)
            return null;
        double[] xs = [.. v.Where((_, i) => i % 2 == 0)], ys = [.. v.Where((_, i) => i % 2 == 1)];
        return new DraftBox(label, xs.Min(), ys.Min(), xs.Max() - xs.Min(), ys.Max() - ys.Min());
    }

    private static bool Numbers(string[] fields, out double[] values)
    {
        values = new double[fields.Length - 1];
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.TryParse(fields[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i]))
                return false;
        }

        return true;
    }
}
