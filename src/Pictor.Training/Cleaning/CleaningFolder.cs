using System.Text.Json;
using Pictor.Datasets;
using Pictor.Datasets.Cleaning;
using Pictor.Training.Runs;

namespace Pictor.Training.Cleaning;

/// <summary>The folder of a report: <c>report.html report.json issues.csv</c>; each replaced whole, nothing else touched.</summary>
internal static class CleaningFolder
{
    public static CleaningReport Write(string folder, Dataset data, CleaningReport report, IReadOnlyList<CleaningIssue> issues, string? edited, IProgress<Progress>? progress)
    {
        string full = Path.GetFullPath(folder);
        try
        {
            progress?.Report(new Progress("Writing the report", 0));
            Directory.CreateDirectory(full);
            CleaningReport named = report with { Report = Path.Combine(full, "report.html") };
            string table = Path.Combine(full, "issues.csv");

            // The table that a person has edited may lie right there: it stays as it is.
            if (edited is null || !string.Equals(Path.GetFullPath(edited), table, StringComparison.Ordinal))
                RunFiles.Replace(table, IssueCsv.Write(issues));
            RunFiles.Replace(Path.Combine(full, "report.json"), JsonSerializer.Serialize(named, PictorJson.Indented) + "\n");
            RunFiles.Replace(named.Report, CleaningPage.Of(data, named, issues, progress));
            return named;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(full, $"the report cannot be written there ({e.Message})", "Name another folder with --out.", e);
        }
    }
}
