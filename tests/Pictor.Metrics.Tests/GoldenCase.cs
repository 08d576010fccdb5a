using System.Text.Json;

namespace Pictor.Metrics.Tests;

/// <summary>One file of Golden/: predictions, and scikit-learn's figures for them (Golden/make_golden.py).</summary>
internal sealed record GoldenCase(
    int[] Truth, int Divisor, string[] Names, double Accuracy, int[][]? Confusion, double[] Precision, double[] Recall, double[] F1, int[] Support,
    double?[] Auc, double?[] AveragePrecision, AverageFigures Macro, AverageFigures Weighted, AverageFigures Micro, double? MacroAuc, double? MicroAuc,
    double MacroAveragePrecision, double LogLoss, double CalibrationError, GoldenCurves? Curves, string? Report, string[] Scores)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static GoldenCase Load(string name) =>
        JsonSerializer.Deserialize<GoldenCase>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".json")), Options)!;

    public PredictionTable Table()
    {
        int classes = Names.Length;
        var scores = new double[Truth.Length * classes];
        for (int i = 0; i < Truth.Length; i++)
        {
            int[] whole = [.. Scores[i].Select(c => c == '~' ? '\\' - 35 : c - 35)];
            double divisor = Divisor == 0 ? whole.Sum() : Divisor;
            for (int k = 0; k < classes; k++)
                scores[(i * classes) + k] = whole[k] / divisor;
        }

        return new PredictionTable(classes, Truth, scores);
    }
}

internal sealed record GoldenCurves(int Class, double[] Fpr, double[] Tpr, double[] Precision, double[] Recall);
