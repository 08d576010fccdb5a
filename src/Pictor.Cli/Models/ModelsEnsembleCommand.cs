using System.CommandLine;
using System.Globalization;
using Pictor.Cli.Terminal;
using Pictor.Cli.Training;
using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Models.Composing;
using Pictor.Models.Packages;
using Pictor.Training.Ensembles;

namespace Pictor.Cli.Models;

/// <summary><c>models ensemble</c>: several packages as one.</summary>
internal sealed class ModelsEnsembleCommand : PictorCommand
{
    private const string Fit = "fit";

    private readonly Argument<string[]> _files = new("files") { Description = "Two packages or more, of the same classes.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The package to write.", Required = true, HelpName = "FILE" };
    private readonly Option<string> _weights = new("--weights") { Description = "Shares such as 0.6,0.4, or 'fit' to find them on the validation part of --data; else equal.", HelpName = "LIST" };
    private readonly Option<string> _data = new("--data") { Description = "Labelled pictures, for --weights fit.", HelpName = "PATH" };
    private readonly Option<string> _name = new("--name") { Description = "Name of the package; else that of the file." };
    private readonly Option<EnsembleEmbedding> _embedding = new("--embedding")
    {
        Description = "For search: all members' side by side (best, longest), the first one's (short, same as that package's), or none.",
        DefaultValueFactory = _ => EnsembleEmbedding.All,
    };

    public ModelsEnsembleCommand()
        : base(
            "ensemble", "Average packages of the same classes, and write them as one package.",
            "pictor models ensemble a.pictor b.pictor --out both.pictor", "pictor models ensemble a.pictor b.pictor c.pictor --weights fit --data mnist/ --out all.pictor --name mnist-all")
    {
        Add(_files);
        Add(_out);
        Add(_weights);
        Add(_data);
        Add(_name);
        Add(_embedding);
        Validators.Add(result =>
        {
            bool fit = result.GetValue(_weights) == Fit;
            if (fit != result.GetValue(_data) is not null)
                result.AddError(fit ? "--weights fit needs --data PATH: pictures to find them on." : "--data goes with --weights fit alone.");
        });
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        string[] files = parsed.GetValue(_files)!;
        string path = Path.GetFullPath(parsed.GetRequiredValue(_out));
        string name = PackageName.From(parsed.GetValue(_name) ?? Path.GetFileNameWithoutExtension(path));
        ModelPackage[] members = [.. files.Select(ModelPackage.Open)];
        EnsembleWeights? fitted = null;
        if (parsed.GetValue(_data) is { } data)
            fitted = await FitAsync(members, data, output, cancellationToken);
        IReadOnlyList<double>? weights = fitted?.Weights ?? (parsed.GetValue(_weights) is { } list ? Parse(list) : null);
        Dictionary<string, double>? metrics = fitted is null ? null : new(StringComparer.Ordinal) { ["valLoss"] = fitted.ValLoss, ["valPictures"] = fitted.Pictures };
        PackageManifest made = EnsemblePackage.Write(path, members, weights, name, PackageName.VersionOf(TimeProvider.System.GetLocalNow()), parsed.GetValue(_embedding), metrics);
        output.Result(
            new { model = path, made.Name, made.Version, members = made.Provenance!.From, fitted = fitted is null ? null : new { fitted.ValLoss, fitted.EqualLoss, fitted.MemberLosses, fitted.Pictures }, made.EmbeddingLength },
            () => Text(path, made, fitted));
        return output.Skips(fitted?.Skipped ?? []);
    }

    private static async Task<EnsembleWeights> FitAsync(ModelPackage[] members, string path, CommandOutput output, CancellationToken cancellationToken)
    {
        EnsemblePackage.Match(members);
        var annotators = new List<Annotator>();
        try
        {
            foreach (ModelPackage member in members)
                annotators.Add(Annotator.Load(member));
            using ProgressDisplay progress = output.Progress();
            using Dataset data = await Dataset.OpenAsync(path, progress, cancellationToken);
            return await EnsembleWeights.FitAsync(annotators, data, progress, cancellationToken);
        }
        finally
        {
            annotators.ForEach(annotator => annotator.Dispose());
        }
    }

    private static double[] Parse(string list) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries).Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double weight)
            ? weight
            : throw new InputException("--weights", $"'{part}' is no number", "Give shares such as 0.6,0.4, or the word fit."))];

    private static string Text(string path, PackageManifest made, EnsembleWeights? fitted)
    {
        string members = string.Join('\n', made.Provenance!.From!.Select((m, i) => string.Create(
            CultureInfo.InvariantCulture, $"  {m.Weight:0.000}  {m.Package}{(fitted is null ? "" : $"  log loss alone {fitted.MemberLosses[i]:0.0000}")}")));
        string loss = fitted is null ? "" : string.Create(CultureInfo.InvariantCulture, $"\nLog loss on {fitted.Pictures} validation pictures {fitted.ValLoss:0.0000}, with equal shares {fitted.EqualLoss:0.0000}");
        return $"{path}\n{members}{loss}";
    }
}
