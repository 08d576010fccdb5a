using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pictor.Metrics;
using Pictor.Training.Evaluation;
using Pictor.Training.Evaluation.Page;

namespace Pictor.Training.Tests.Evaluation;

public sealed class ReportPageTests
{
    private static Judgement Judged(int classes, int samples, Func<int, string>? name = null, bool pictures = true, int seed = 1)
    {
        var random = new Random(seed);
        int[] truth = [.. Enumerable.Range(0, samples).Select(_ => random.Next(classes))];
        double[] scores = [.. Enumerable.Range(0, samples * classes).Select(_ => random.NextDouble())];
        for (int i = 0; i < samples; i++)
            scores[(i * classes) + truth[i]] += random.NextDouble();
        var table = new PredictionTable(classes, truth, scores);
        return new Judgement
        {
            Names = [.. Enumerable.Range(0, classes).Select(name ?? (k => $"class {k}"))],
            Files = [.. Enumerable.Range(0, samples).Select(i => $"/data/{i}.png")],
            Table = table,
            Figures = ClassificationFigures.Of(table),
            Data = new DataFacts("abc", "test"),
            Source = "/data",
            Model = new ModelFacts("toy", "1.0.0", new string('0', 64)),
            Thumbnail = pictures ? i => $"data:image/png;base64,{i:X8}" : null,
        };
    }

    private static JsonElement DataOf(string page) =>
        JsonDocument.Parse(DataBlock().Match(page).Groups["json"].Value).RootElement;

    private static Regex DataBlock() => new("<script type=\"application/json\" id=\"data\">(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData(2, 40)]
    [InlineData(10, 400)]
    [InlineData(200, 900)]
    public void Of_AnySize_IsSelfContained(int classes, int samples)
    {
        string page = ReportPage.Of(Judged(classes, samples), null);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Equal(classes <= 30, page.Contains("class=\"heat\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_Policy_AllowsExactlyTheScriptThatIsThere()
    {
        string page = ReportPage.Of(Judged(3, 30), null);
        string script = page[(page.LastIndexOf("<script>", StringComparison.Ordinal) + 8)..page.LastIndexOf("</script>", StringComparison.Ordinal)];
        Assert.Contains($"script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "<script", RegexOptions.None, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Of_HostileNames_StayText()
    {
        string[] names = ["</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "http://elsewhere.example/&amp;", "'; DROP", "a\u0000b"];
        Judgement judgement = Judged(5, 60, k => names[k]) with { Source = "<b>http://x</b>", Skipped = [new SkippedFile("<i>.png", "<u>")] };
        string page = ReportPage.Of(judgement, null);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>.png", page, StringComparison.Ordinal);
        Assert.Equal(names, DataOf(page).GetProperty("names").EnumerateArray().Select(n => n.GetString()), StringComparer.Ordinal);
    }

    [Fact]
    public void Of_EveryConfusion_LeadsToPictures()
    {
        Judgement judgement = Judged(6, 400);
        string page = ReportPage.Of(judgement, null);
        JsonElement[] samples = [.. DataOf(page).GetProperty("samples").EnumerateArray()];
        foreach (Confusion c in Confusion.WorstFirst(judgement.Figures.Confusion))
        {
            Assert.Contains($"data-show=\"pair:{c.Truth}:{c.Answer}\"", page, StringComparison.Ordinal);
            JsonElement[] behind = [.. samples.Where(s => s[1].GetInt32() == c.Truth && s[2].GetInt32() == c.Answer)];
            Assert.Equal(c.Count, behind.Length);
            Assert.Contains(behind, s => s[5].GetInt32() >= 0);
        }
    }

    [Fact]
    public void Of_ManyWrongAnswers_StaysSmall()
    {
        Judgement judgement = Judged(20, 60_000);
        string page = ReportPage.Of(judgement with { Thumbnail = _ => "data:image/jpeg;base64," + new string('A', 30_000) }, null);
        Assert.InRange(page.Length, 1_000_000, 6_000_000);
    }

    [Fact]
    public void Of_WithoutPictures_HasNoPlaceForThem()
    {
        string page = ReportPage.Of(Judged(3, 30, pictures: false) with { Model = null, Data = new DataFacts("abc", null) }, null);
        Assert.DoesNotContain("strip-wrong\">", page, StringComparison.Ordinal);
        Assert.False(DataOf(page).GetProperty("hasPictures").GetBoolean());
    }

    [Fact]
    public void Of_EverythingRight_SaysSo()
    {
        var table = new PredictionTable(2, [0, 1], [1, 0, 0, 1]);
        Judgement judgement = Judged(2, 2) with { Table = table, Figures = ClassificationFigures.Of(table) };
        Assert.Contains("every answer was right", ReportPage.Of(judgement, null), StringComparison.Ordinal);
    }

    [Fact]
    public void From_AnyTable_ShowsEachConfusionBeforeManyOfOne()
    {
        PredictionTable table = Judged(12, 3000).Table;
        IReadOnlyList<PickedSample> picked = PicturePick.From(table);
        Assert.True(picked.Count(p => p.WithPicture) <= 700);
        Assert.Equal(picked.Count, picked.Select(p => p.Position).Distinct().Count());
        int pairs = Confusion.WorstFirst(ConfusionMatrix.Of(table)).Count;
        Assert.Equal(pairs, picked.Take(pairs).Select(p => (table.Truth[p.Position], table.Answers[p.Position])).Distinct().Count());
    }

    [Fact]
    public void MeanRoc_PerfectAndHopeless_LieWhereTheyShould()
    {
        var perfect = RankedScores.Of([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]);
        Assert.All(PageCurves.MeanRoc([perfect]), p => Assert.Equal(1, p.Y));
        Assert.All(PageCurves.MeanPrecisionRecall([perfect]), p => Assert.Equal(1, p.Y));
        var tied = RankedScores.Of([0.5, 0.5, 0.5, 0.5], [0, 0, 1, 1]);
        Assert.All(PageCurves.MeanRoc([tied]), p => Assert.Equal(p.X, p.Y, 1e-12));
        Assert.All(PageCurves.MeanPrecisionRecall([tied]), p => Assert.Equal(0.5, p.Y));
    }
}
