namespace Pictor.Training.Evaluation;

/// <summary>The folder of a report: <c>report.html report.json report.txt predictions.csv</c>; each replaced whole, nothing else touched.</summary>
internal static class ReportFolder
{
    /// <summary>Writes all four and gives the path of the page.</summary>
    public static string Write(string folder, JudgedPictures judged, EvaluationReport report, string json, string text, string? input, IProgress<Progress>? progress)
    {
        string full = Path.GetFullPath(folder);
        try
        {
            progress?.Report(new Progress("Writing the report", 0));
            Directory.CreateDirectory(full);
            string table = Path.Combine(full, "predictions.csv");

            // The table that was judged may lie right there: it is the user's and stays as it is.
            if (input is null || !string.Equals(Path.GetFullPath(input), table, StringComparison.Ordinal))
                WriteTable(table, judged);
            Replace(Path.Combine(full, "report.json"), json + "\n");
            Replace(Path.Combine(full, "report.txt"), text);
            string page = Path.Combine(full, "report.html");
            Replace(page, judged is Judgement single ? Page.ReportPage.Of(single, progress) : Page.TaskPage.Of(judged, report, progress));
            return page;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(full, $"the report cannot be written there ({e.Message})", "Name another folder with --out.", e);
        }
    }

    private static void WriteTable(string path, JudgedPictures judged)
    {
        if (judged is Judgement single)
            PredictionCsv.Write(path, single.Names, single.Files, single.Table);
        else if (judged is MultiLabelJudgement many)
            MultiLabelCsv.Write(path, many);
        else if (judged is RegressionJudgement numbers)
            ValueCsv.Write(path, numbers);
    }

    private static void Replace(string path, string text) => Runs.RunFiles.Replace(path, text);
}
