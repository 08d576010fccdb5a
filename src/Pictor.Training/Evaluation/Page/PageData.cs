using System.Text.Json;
using Pictor.Metrics;

namespace Pictor.Training.Evaluation.Page;

/// <summary>What the page's script shows: names, curves by class, and the samples behind the figures with their small pictures.</summary>
internal static class PageData
{
    // About 3 MB of pictures, whatever they are.
    private const int MostPictureCharacters = 4_000_000;

    public static string Json(Judgement judgement, IReadOnlyList<RankedScores> ranked, IProgress<Progress>? progress)
    {
        PredictionTable table = judgement.Table;
        IReadOnlyList<PickedSample> picked = PicturePick.From(table);
        string?[] pictures = Pictures(judgement, picked, progress);
        var thumbs = new List<string>();
        var samples = new List<object?[]>();
        int characters = 0;
        for (int i = 0; i < picked.Count; i++)
        {
            int position = picked[i].Position, thumb = -1;
            if (pictures[i] is { } picture && characters + picture.Length <= MostPictureCharacters)
            {
                characters += picture.Length;
                thumb = thumbs.Count;
                thumbs.Add(picture);
            }

            samples.Add(
            [
                judgement.Files[position].Length > 0 ? judgement.Files[position] : $"row {position + 1}", table.Truth[position], table.Answers[position],
                Math.Round(picked[i].Confidence, 4), ProbabilityFigures.BinOf(picked[i].Confidence), thumb,
            ]);
        }

        int points = table.Classes > 300 ? 24 : 64;
        var data = new
        {
            Names = judgement.Names,
            HasPictures = judgement.Thumbnail is not null,
            Roc = ranked.Select(r => PageCurves.Roc(r, points)),
            Pr = ranked.Select(r => PageCurves.PrecisionRecall(r, points)),
            Auc = judgement.Figures.Classes.Select(c => Math.Round(c.Auc, 4)),
            Ap = judgement.Figures.Classes.Select(c => Math.Round(c.AveragePrecision, 4)),
            Sure = PageThresholds.Counts(table),
            Samples = samples,
            Thumbs = thumbs,
        };

        // Neither an end tag nor an address may stand in it, whatever classes and files are called.
        return JsonSerializer.Serialize(data, PictorJson.Compact).Replace("<", "\\u003C", StringComparison.Ordinal).Replace("://", ":\\/\\/", StringComparison.Ordinal);
    }

    private static string?[] Pictures(Judgement judgement, IReadOnlyList<PickedSample> picked, IProgress<Progress>? progress)
    {
        var pictures = new string?[picked.Count];
        if (judgement.Thumbnail is not { } thumbnail)
            return pictures;
        int total = picked.Count(p => p.WithPicture), done = 0;
        Parallel.For(0, picked.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            if (!picked[i].WithPicture)
                return;
            pictures[i] = thumbnail(picked[i].Position);
            progress?.Report(new Progress("Collecting pictures for the report", Interlocked.Increment(ref done), total));
        });
        return pictures;
    }
}
