using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Metrics;
using Pictor.Models.Annotators;
using Pictor.Training.Evaluation;

namespace Pictor.Training.Explaining;

/// <summary>What the model looked at in the handful of pictures where it was surest and wrong. Costs as many looks as about four hundred more pictures.</summary>
internal static class MistakeMaps
{
    private const int Most = 6;
    private const int Grid = 8;
    private const int Side = 192;

    public static IReadOnlyList<ExplainedMistake> Of(Annotator annotator, Dataset data, Judgement judgement, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        PredictionTable table = judgement.Table;
        int[] worst = [.. Enumerable.Range(0, table.Samples).Where(i => table.Answers[i] != table.Truth[i]).OrderByDescending(i => ProbabilityFigures.Confidence(table, i)).ThenBy(i => i).Take(Most)];
        Dictionary<string, Sample> byFile = data.Samples.Where(s => worst.Any(i => judgement.Files[i] == s.File)).GroupBy(s => s.File, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        Preprocessing input = annotator.Package.Manifest.Input;
        int grid = Math.Min(Grid, Math.Min(input.Shape.Width, input.Shape.Height));
        var maps = new List<ExplainedMistake>();
        foreach (int position in worst)
        {
            progress?.Report(new Progress("Looking where it was wrong", maps.Count, worst.Length));
            try
            {
                Pixels picture = data.Read(byFile[judgement.Files[position]], input.DecodeOptions());
                var planes = new byte[input.Shape.Length];
                input.ToPlanes(picture, planes);
                (_, double[] drops) = OcclusionMap.Of(annotator, planes, table.Answers[position], grid, cancellationToken);
                Pixels map = HeatOverlay.Draw(picture, drops, grid, SeenRegion.Of(picture.Width, picture.Height, input), Side);
                maps.Add(new ExplainedMistake(position, "data:image/jpeg;base64," + Convert.ToBase64String(PictureWriter.Jpeg(map, 82))));
            }
            catch (InputException)
            {
                // The file went away since it was judged; the others still say something.
            }
        }

        return maps;
    }
}
