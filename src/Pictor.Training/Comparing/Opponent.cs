using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Models.Packages;
using Pictor.Training.Evaluation;

namespace Pictor.Training.Comparing;

/// <summary>The other side of <c>evaluate --against</c>: a package that judges the same pictures, or a table of predictions.</summary>
internal static class Opponent
{
    public static async Task<ModelComparison> CompareAsync(
        Judgement first, string against, ModelPackage package, Dataset data, SplitChoice choice, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        if (IsTable(against))
        {
            Judgement table = await Task.Run(() => TableJudge.Read(against, Findings.UsualPrecision, cancellationToken), cancellationToken);
            return ModelComparison.Of(package.Reference, first, Path.GetFileName(against), table);
        }

        using var other = await Task.Run(() => Annotator.Load(against), cancellationToken);
        Judgement second = await PackageJudge.JudgeSingleAsync(other, data, choice, new EvaluationOptions(), progress, cancellationToken);
        (string a, string b) = other.Package.Reference == package.Reference ? ($"{package.Reference} (first)", $"{package.Reference} (second)") : (package.Reference, other.Package.Reference);
        return ModelComparison.Of(a, first, b, second) with { Note = Note(package, other.Package, data, choice) };
    }

    public static ModelComparison CompareTables(Judgement first, string firstPath, string against, CancellationToken cancellationToken)
    {
        if (!IsTable(against))
        {
            throw new InputException("--against", $"{against} is a package, and a table of predictions has no pictures that it could judge",
                "Judge both as packages with --model and --data, or give a table here too.");
        }

        (string a, string b) = (Path.GetFileName(firstPath), Path.GetFileName(against));
        return ModelComparison.Of(a == b ? firstPath : a, first, a == b ? against : b, TableJudge.Read(against, Findings.UsualPrecision, cancellationToken));
    }

    private static bool IsTable(string path) => Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);

    // A part that one package kept for judging may have trained the other.
    private static string? Note(ModelPackage first, ModelPackage second, Dataset data, SplitChoice choice)
    {
        bool Own(ModelPackage package) => string.Equals(package.Manifest.Provenance?.DataFingerprint, data.Fingerprint, StringComparison.OrdinalIgnoreCase);
        if (!Own(second) && !Own(first))
            return null;
        if (!Own(first) || !Own(second))
            return $"Only {(Own(first) ? first : second).Reference} was trained on this data set; whether the other saw these pictures is not known.";
        bool cut = SplitPlan.For(data, first.Manifest.Provenance!.Seed).WasCut;
        return cut && choice.Name != SplitChoice.All && first.Manifest.Provenance.Seed != second.Manifest.Provenance!.Seed
            ? $"{second.Reference} was trained with another seed, so its training pictures are partly among these: it looks better than it is."
            : null;
    }
}
