using System.Globalization;
using Pictor.Datasets;
using Pictor.Datasets.Cleaning;
using Pictor.Training.Cleaning;
using Pictor.Training.Tests.Evaluation;

namespace Pictor.Training.Tests.Cleaning;

public sealed class CleaningRunTests
{
    [Fact]
    public async Task RunAsync_WithMargins_DropsTheWrongLabelsAndWritesAManifest()
    {
        using var folder = new TempFolder();
        string[] wrong = Write(folder);
        WriteMargins(folder, wrong);

        CleaningReport report = await CleaningRun.RunAsync(Request(folder) with { Out = folder["report"], Apply = folder["clean.manifest.jsonl"] });

        Assert.Equal(wrong.Order(StringComparer.Ordinal), report.Issues.Where(i => i.Problem == "label-error").Select(i => i.File).Order(StringComparer.Ordinal));
        Assert.All(report.Issues, i => Assert.Equal(("q0", "q1", CleaningAction.Drop), (i.Label, i.Suggestion, i.Action)));
        using Dataset clean = await Dataset.OpenAsync(folder["clean.manifest.jsonl"]);
        Assert.Equal(report.Cleaned.Fingerprint, clean.Fingerprint);
        Assert.Equal(report.Samples - wrong.Length, clean.Samples.Count);
        Assert.DoesNotContain(clean.Samples, s => wrong.Contains(s.File));
        string page = await File.ReadAllTextAsync(folder["report", "report.html"]);
        Assert.Contains("q0 <span class=\"says wrong\">→ q1</span>", page);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal));
        Assert.StartsWith("file,problem,severity,label,suggestion,group,action,detail\n", await File.ReadAllTextAsync(folder["report", "issues.csv"]));
    }

    [Fact]
    public async Task RunAsync_Relabel_GivesTheSuggestedLabel()
    {
        using var folder = new TempFolder();
        string[] wrong = Write(folder);
        WriteMargins(folder, wrong);

        CleaningReport report = await CleaningRun.RunAsync(Request(folder) with { LabelErrors = CleaningAction.Relabel, Apply = folder["clean.manifest.jsonl"] });

        Assert.Equal((0, wrong.Length), (report.Cleaned.Dropped, report.Cleaned.Relabelled));
        using Dataset clean = await Dataset.OpenAsync(folder["clean.manifest.jsonl"]);
        Assert.All(wrong, w => Assert.Equal("q1", clean.Labels[clean.Samples.Single(s => s.File == w).Class].Id));
    }

    [Fact]
    public async Task RunAsync_EditedIssues_AreCarriedOutAsTheyStand()
    {
        using var folder = new TempFolder();
        string[] wrong = Write(folder);
        WriteMargins(folder, wrong);
        await CleaningRun.RunAsync(Request(folder) with { Out = folder["report"] });
        string[] lines = await File.ReadAllLinesAsync(folder["report", "issues.csv"]);
        lines[1] = lines[1].Replace(",drop,", ",keep,", StringComparison.Ordinal);
        lines[2] = lines[2].Replace(",drop,", ",Relabel,", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(folder["edited.csv"], lines);

        CleaningReport report = await CleaningRun.RunAsync(new CleaningRequest { Data = folder["data"], Issues = folder["edited.csv"], Apply = folder["clean.manifest.jsonl"] });

        Assert.Equal((wrong.Length - 2, 1), (report.Cleaned.Dropped, report.Cleaned.Relabelled));
    }

    [Fact]
    public async Task RunAsync_IssuesWithFaults_TellsAllOfThem()
    {
        using var folder = new TempFolder();
        string first = Write(folder)[0];
        await File.WriteAllTextAsync(folder["bad.csv"], $"file,problem,label,suggestion,action\n{first},label-eror,q0,q1,drop\n{first},label-error,q0,q9,relabel\n{first},label-error,q0,q1,delete\nnowhere.png,label-error,q0,q1,drop\n");

        InputException fault = await Assert.ThrowsAsync<InputException>(() => CleaningRun.RunAsync(new CleaningRequest { Data = folder["data"], Issues = folder["bad.csv"] }));

        Assert.Contains("line 2: problem 'label-eror' is unknown, did you mean 'label-error'?", fault.Message);
        Assert.Contains("line 3: suggestion 'q9' is none of the 2 labels", fault.Message);
        Assert.Contains("line 4: action 'delete' is not keep, drop or relabel", fault.Message);
        Assert.Contains("line 5: 'nowhere.png' is not in", fault.Message);
    }

    [Fact]
    public async Task RunAsync_Predictions_FeedConfidentLearning()
    {
        using var folder = new TempFolder();
        string[] wrong = Write(folder);
        using (Dataset data = await Dataset.OpenAsync(folder["data"]))
        {
            await File.WriteAllLinesAsync(folder["p.csv"], data.Samples.Select(s =>
            {
                bool isOne = s.Class == 1 || wrong.Contains(s.File);
                return $"{s.File},{data.Labels[s.Class].Id},{(isOne ? "0.03,0.97" : "0.98,0.02")}";
            }).Prepend("file,label,q0,q1"));
        }

        CleaningReport report = await CleaningRun.RunAsync(new CleaningRequest { Data = folder["data"], Predictions = folder["p.csv"] });

        Assert.Equal(wrong.Order(StringComparer.Ordinal), report.Issues.Where(i => i.Problem == "label-error").Select(i => i.File).Order(StringComparer.Ordinal));
        Assert.Equal("confident-learning", report.LabelErrors!.Method);
    }

    [Fact]
    public async Task RunAsync_ContradictingOptions_AreRefused()
    {
        await Assert.ThrowsAsync<InputException>(() => CleaningRun.RunAsync(new CleaningRequest { Data = ".", Run = "r", Predictions = "p" }));
        await Assert.ThrowsAsync<InputException>(() => CleaningRun.RunAsync(new CleaningRequest { Data = ".", CrossValidate = 1 }));
        await Assert.ThrowsAsync<InputException>(() => CleaningRun.RunAsync(new CleaningRequest { Data = ".", Apply = "x.json" }));
    }

    [Fact]
    public async Task RunAsync_RunWithoutMargins_SaysWhatIsMissing()
    {
        using var folder = new TempFolder();
        Write(folder);
        Directory.CreateDirectory(folder["run"]);

        InputException fault = await Assert.ThrowsAsync<InputException>(() => CleaningRun.RunAsync(Request(folder)));

        Assert.Contains("there is no margins.csv of a run", fault.Message);
    }

    [Fact]
    public async Task Folds_KeepGroupsTogetherAndClassesEven()
    {
        using var folder = new TempFolder();
        Write(folder);
        using Dataset data = await Dataset.OpenAsync(folder["data"]);
        int[] groups = [.. data.Samples.Select(s => s.Index / 2 * 2)];

        int[] folds = CrossValidation.Folds(data, groups, 4, 1);

        Assert.All(data.Samples, s => Assert.Equal(folds[groups[s.Index]], folds[s.Index]));
        Assert.All(Enumerable.Range(0, 4), f => Assert.InRange(folds.Count(x => x == f), 13, 17));
        Assert.NotEqual(folds, CrossValidation.Folds(data, groups, 4, 2));
    }

    private static CleaningRequest Request(TempFolder folder) => new()
    {
        Data = folder["data"],
        Run = folder["run"],
        // Toy pictures of one quarter look alike by design.
        Options = new CleaningOptions { Duplicates = new Imaging.DuplicateOptions { Near = false } },
    };

    /// <summary>Two classes of 30 pictures; the first three of q0 are wrongly labelled.</summary>
    private static string[] Write(TempFolder folder)
    {
        ToyData.Write(folder["data", "q0"], 0, 30);
        ToyData.Write(folder["data", "q1"], 1, 30);
        return [.. Directory.GetFiles(folder["data", "q0"]).Order(StringComparer.Ordinal).Take(3)];
    }

    private static void WriteMargins(TempFolder folder, string[] wrong)
    {
        Directory.CreateDirectory(folder["run"]);
        string[] files = [.. Directory.GetFiles(folder["data"], "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        File.WriteAllLines(folder["run", "margins.csv"], files.Select((f, i) =>
        {
            string label = Path.GetFileName(Path.GetDirectoryName(f))!;
            bool isWrong = wrong.Contains(f);
            return string.Create(CultureInfo.InvariantCulture, $"{f},{label},{(isWrong ? -7 - (0.1 * i) : 6 + (i % 7))},{(isWrong ? "q1" : label)}");
        }).Prepend("file,label,margin,predicted"));
    }
}
