using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Pictor.Models.Labels;
using Pictor.Models.Packages;

namespace Pictor.Models.Composing;

/// <summary>Several packages of the same classes as one package, whose probabilities are the weighted mean of theirs.</summary>
public static class EnsemblePackage
{
    /// <summary>Writes the ensemble.</summary>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    /// <param name="members">At least two; classes are matched by id, name and synonym, and stand in the order of the first.</param>
    /// <param name="weights">A share for each, not negative; they are divided by their sum. Null: equal shares.</param>
    /// <param name="name">Name of the package.</param>
    /// <param name="version">Its version.</param>
    /// <param name="embedding">What it gives for search.</param>
    /// <param name="metrics">Figures on validation pictures, when the weights were fitted.</param>
    /// <returns>The manifest that was written.</returns>
    /// <exception cref="InputException">ensemble.not-alike: classes, inputs or tasks differ (all differences are told); wrong weights; what <see cref="ModelPackage.Write"/> refuses.</exception>
    public static PackageManifest Write(
        string path, IReadOnlyList<ModelPackage> members, IReadOnlyList<double>? weights, string name, string version,
        EnsembleEmbedding embedding = EnsembleEmbedding.All, IReadOnlyDictionary<string, double>? metrics = null)
    {
        int[][] orders = Match(members);
        double[] shares = Shares(members.Count, weights);
        EnsembleMember[] all = [.. members.Select((package, i) => new EnsembleMember(package, shares[i], orders[i]))];
        var graph = EnsembleGraph.Of(all, embedding);
        PackageManifest first = members[0].Manifest;
        var manifest = new PackageManifest
        {
            Name = name,
            Version = version,
            Task = first.Task,
            MultiLabel = first.MultiLabel,
            Input = graph.Input,
            Outputs = graph.Outputs,
            Classes = first.Classes,
            EmbeddingLength = graph.EmbeddingLength,
            TagThreshold = members.All(m => m.Manifest.TagThreshold == first.TagThreshold) ? first.TagThreshold : 0.5,
            Provenance = Origin(all, metrics),
        };
        ModelPackage.Write(path, manifest, members[0].Labels, graph.ToArray(), ModelCard.Write(manifest, members[0].Labels, $"The weighted mean of {members.Count} packages."));
        return manifest;
    }

    /// <summary>For each member and each class of the first, the position of the member's class.</summary>
    /// <exception cref="InputException">ensemble.not-alike, with all that differs.</exception>
    public static int[][] Match(IReadOnlyList<ModelPackage> members)
    {
        if (members.Count < 2)
            throw new InputException("ensemble", $"it has {members.Count} member{(members.Count == 1 ? "" : "s")}", "Name at least two packages.");
        ModelPackage first = members[0];
        var faults = new List<string>();
        int[][] orders = [.. members.Select(member => LabelMatcher.Match(first.Labels, member.Labels))];
        for (int i = 1; i < members.Count; i++)
            faults.AddRange(Differences(first, members[i], orders[i]).Select(fault => $"{members[i].Reference} {fault}"));
        return faults.Count == 0
            ? orders
            : throw new InputException("ensemble", $"{string.Join("; ", faults)}, unlike {first.Reference}", "Combine packages of the same classes that were trained on inputs of the same size.") { Code = "ensemble.not-alike" };
    }

    private static IEnumerable<string> Differences(ModelPackage first, ModelPackage member, int[] order)
    {
        PackageManifest a = first.Manifest, b = member.Manifest;
        if (a.Task != b.Task)
        {
            yield return $"is a {b.Task}";
            yield break;
        }

        if (a.MultiLabel != b.MultiLabel)
            yield return b.MultiLabel ? "answers several classes a picture" : "answers one class a picture";
        if (a.Input.Shape != b.Input.Shape)
            yield return $"takes {b.Input.Shape}";
        else if (a.Input.Policy != b.Input.Policy || a.Input.Filter != b.Input.Filter)
            yield return $"resizes by {b.Input.Policy} with {b.Input.Filter}";
        string[] missing = [.. first.Labels.Where((_, c) => order[c] < 0).Select(label => $"'{label.Name}'")];
        if (missing.Length > 0)
            yield return $"lacks {string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? string.Create(CultureInfo.InvariantCulture, $" and {missing.Length - 5} classes more") : "")}";
        else if (a.Classes != b.Classes)
            yield return string.Create(CultureInfo.InvariantCulture, $"has {b.Classes} classes");
    }

    private static double[] Shares(int members, IReadOnlyList<double>? weights)
    {
        if (weights is null)
            return [.. Enumerable.Repeat(1.0 / members, members)];
        if (weights.Count != members || !weights.All(w => w >= 0 && double.IsFinite(w)) || !(weights.Sum() > 0))
        {
            throw new InputException("weights", $"[{string.Join(", ", weights.Select(w => w.ToString(CultureInfo.InvariantCulture)))}] are not the shares of {members} members",
                $"Give {members} numbers that are not negative and not all 0, such as {string.Join(",", Enumerable.Repeat("1", members))}.");
        }

        return [.. weights.Select(w => w / weights.Sum())];
    }

    // Trained on one data set with one seed, it can be judged on the part that none of them saw.
    private static PackageProvenance Origin(EnsembleMember[] members, IReadOnlyDictionary<string, double>? metrics)
    {
        PackageProvenance?[] origins = [.. members.Select(m => m.Package.Manifest.Provenance)];
        bool same = origins.All(o => o?.DataFingerprint is not null && o.DataFingerprint == origins[0]!.DataFingerprint && o.Seed == origins[0]!.Seed);
        string version = typeof(EnsemblePackage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
        PackageSource[] from = [.. members.Select(m => new PackageSource(m.Package.Reference, m.Package.Sha256, m.Weight))];
        return new PackageProvenance
        {
            Network = "ensemble",
            Recipe = JsonSerializer.SerializeToElement(new { network = "ensemble", members = from }, PictorJson.Compact),
            DataFingerprint = same ? origins[0]!.DataFingerprint : null,
            Seed = same ? origins[0]!.Seed : 0,
            Metrics = metrics ?? new Dictionary<string, double>(StringComparer.Ordinal),
            PictorVersion = version,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            From = from,
        };
    }
}
