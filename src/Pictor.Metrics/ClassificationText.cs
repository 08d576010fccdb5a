using System.Globalization;
using System.Text;

namespace Pictor.Metrics;

/// <summary>The table of figures by class, in the layout of scikit-learn's classification_report(digits=4).</summary>
public static class ClassificationText
{
    /// <summary>The table, character for character as scikit-learn prints it when every class occurs; where one does not, the line "accuracy" stays (scikit-learn would call it "micro avg").</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="names">Names of the classes.</param>
    public static string Table(ClassificationFigures figures, IReadOnlyList<string> names)
    {
        string[] shown = [.. names.Select(OnOneLine)];
        int width = Math.Max("weighted avg".Length, shown.Max(Length));
        var text = new StringBuilder();
        Row(text, width, "", "precision", "recall", "f1-score", "support");
        text.Append('\n');
        for (int k = 0; k < shown.Length; k++)
        {
            ClassFigures c = figures.Classes[k];
            Row(text, width, shown[k], Number(c.Precision), Number(c.Recall), Number(c.F1), Count(c.Support));
        }

        text.Append('\n');
        Row(text, width, "accuracy", "", "", Number(figures.Accuracy), Count(figures.Samples));
        Row(text, width, "macro avg", figures.Macro, figures.Samples);
        Row(text, width, "weighted avg", figures.Weighted, figures.Samples);
        return text.ToString();
    }

    /// <summary>Four decimals, rounded as Python does: to even where the fifth decimal is exactly a half.</summary>
    public static string Number(double value)
    {
        // Four decimals tie only at odd multiples of 1/20000, of which binary fractions can meet those with a denominator up to 32.
        return double.IsInteger(value * 32)
            ? Math.Round((decimal)value, 4, MidpointRounding.ToEven).ToString("F4", CultureInfo.InvariantCulture)
            : value.ToString("F4", CultureInfo.InvariantCulture);
    }

    private static void Row(StringBuilder text, int width, string name, AverageFigures average, int samples) =>
        Row(text, width, name, Number(average.Precision), Number(average.Recall), Number(average.F1), Count(samples));

    private static void Row(StringBuilder text, int width, string name, string precision, string recall, string f1, string support)
    {
        text.Append(' ', width - Length(name)).Append(name).Append(' ');
        foreach (string column in (string[])[precision, recall, f1, support])
            text.Append(' ').Append(column.PadLeft(9));
        text.Append('\n');
    }

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Python counts code points.
    private static int Length(string text) => text.EnumerateRunes().Count();

    private static string OnOneLine(string name) => string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c));
}
