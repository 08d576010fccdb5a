using System.Globalization;
using System.Text;
using Pictor.Imaging;

namespace Pictor.Models.Packages;

/// <summary>The text that a person reads before trusting a model: what it is for, how it was made, how well it does, what it cannot do.</summary>
public static class ModelCard
{
    private const int MostLabels = 40;

    /// <summary>A card in Markdown from what the manifest holds.</summary>
    /// <param name="manifest">The package's manifest, with its provenance if it has one.</param>
    /// <param name="labels">The classes in the order of the outputs.</param>
    /// <param name="about">A paragraph in Markdown on the data or the intended use. <value>null: none.</value></param>
    public static string Write(PackageManifest manifest, IReadOnlyList<Label> labels, string? about = null)
    {
        var card = new StringBuilder();
        card.Append(Invariant($"# {Plain(manifest.Name)} {Plain(manifest.Version)}\n\n"));
        card.Append(manifest.IsRegressor ? "A number from a picture" : Invariant($"An image {Plain(manifest.Task)} of {manifest.Classes} {(manifest.Classes == 1 ? "class" : "classes")}{(manifest.MultiLabel ? ", any number of which hold" : "")}"));
        card.Append(manifest.Provenance?.Network is { } network ? Invariant($", network `{Plain(network)}`") : "").Append(".\n");
        if (!string.IsNullOrWhiteSpace(about))
            card.Append('\n').Append(about.Trim()).Append('\n');
        AppendFigures(card, manifest.Provenance);
        AppendInput(card, manifest);
        AppendOrigin(card, manifest.Provenance);
        if (!manifest.IsRegressor)
        {
            card.Append("\n## Classes\n\n").AppendJoin(", ", labels.Take(MostLabels).Select(label => Plain(label.Name)));
            card.Append(labels.Count > MostLabels ? Invariant($" and {labels.Count - MostLabels} more; `labels.tsv` holds all.\n") : ".\n");
        }

        card.Append("\n## Limits\n\n").Append(manifest.IsRegressor ? "The model answers with a number for any picture, whatever it shows. "
            : manifest.MultiLabel ? "The model knows no class but these: of anything else it says nothing, or something wrong. "
            : "The model knows no class but these: it names one of them for any picture, whatever it shows. ");
        card.Append("The figures hold for pictures like those it was trained on; measure it on your own with `pictor evaluate` before relying on it.\n");
        return card.ToString();
    }

    /// <summary>How a policy stands in a card.</summary>
    internal static string Words(ResizePolicy policy) => policy switch
    {
        ResizePolicy.Stretch => "each side scaled to fit",
        ResizePolicy.CentreCrop => "the shorter side scaled to fit, the middle cut out",
        _ => "the longer side scaled to fit, the rest filled with grey",
    };

    private static void AppendFigures(StringBuilder card, PackageProvenance? provenance)
    {
        if (provenance?.Metrics is not { Count: > 0 } metrics)
            return;
        card.Append("\n## Figures on the validation part\n\n| figure | value |\n|---|---:|\n");
        foreach ((string name, double value) in metrics.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            card.Append(Invariant($"| {Plain(name)} | {(double.IsFinite(value) ? value.ToString("0.####", CultureInfo.InvariantCulture) : "not defined")} |\n"));
    }

    private static void AppendInput(StringBuilder card, PackageManifest manifest)
    {
        var input = manifest.Input;
        card.Append(Invariant($"\n## Input and output\n\n- {input.Shape.Width} x {input.Shape.Height} pixels, {(input.Shape.Channels == 1 ? "grey" : "red, green, blue")}; {Words(input.Policy)}.\n"));
        card.Append(Invariant($"- Values 0..1, minus mean [{Numbers(input.Mean)}], divided by [{Numbers(input.Std)}].\n"));
        if (!manifest.IsRegressor)
            card.Append(Invariant($"- Probabilities of {manifest.Classes} classes; from {manifest.TagThreshold:0.###} on, a class becomes a tag.\n"));
        if (manifest.EmbeddingLength > 0)
            card.Append(Invariant($"- An embedding of {manifest.EmbeddingLength} values, unit length, for search by example.\n"));
    }

    private static void AppendOrigin(StringBuilder card, PackageProvenance? provenance)
    {
        if (provenance is null)
            return;
        card.Append("\n## How it was made\n\n");
        if (provenance.CreatedAt is { } time)
            card.Append(Invariant($"- On {time.UtcDateTime:yyyy-MM-dd} by Pictor {Plain(provenance.PictorVersion ?? "(version unknown)")}.\n"));
        else if (provenance.PictorVersion is { } version)
            card.Append(Invariant($"- By Pictor {Plain(version)}.\n"));
        if (provenance.DataFingerprint is { } fingerprint)
            card.Append(Invariant($"- Data with fingerprint `{Plain(fingerprint)}`, split with seed {provenance.Seed}.\n"));
        foreach (PackageSource source in provenance.From ?? [])
            card.Append(Invariant($"- From {Plain(source.Package)} (`{Plain(source.Sha256[..Math.Min(16, source.Sha256.Length)])}`){(source.Weight is { } weight ? Invariant($", weight {weight:0.###}") : "")}.\n"));
        if (provenance.Recipe is { } recipe)
            card.Append("- Recipe:\n\n```json\n").Append(System.Text.Json.JsonSerializer.Serialize(recipe, PictorJson.Indented)).Append("\n```\n");
    }

    private static string Numbers(IReadOnlyList<float> values) => string.Join(", ", values.Select(v => v.ToString("0.####", CultureInfo.InvariantCulture)));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Names come from folders and files: none may end a table cell, start markup or break the line.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is '\\' or '`' or '*' or '[' or ']' or '<' or '>' or '|' or '#')
                plain.Append('\\');
            plain.Append(char.IsControl(c) ? ' ' : c);
        }

        return plain.ToString();
    }
}
