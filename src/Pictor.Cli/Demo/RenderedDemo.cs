using System.Globalization;
using Pictor.Cli.Terminal;
using Pictor.Datasets;
using Pictor.Library;
using Pictor.Models.Packages;

namespace Pictor.Cli.Demo;

/// <summary>Rendered pictures in a library, tagged by the package that ships for them. What the package says is held against what was drawn, and the outcome is told.</summary>
internal sealed class RenderedDemo(DemoFolders folders, CommandOutput output)
{
    private const string Package = "demo";

    /// <summary>Fills the library; returns how many files were skipped.</summary>
    /// <exception cref="InputException">The package is missing, or the pictures cannot be written.</exception>
    public async Task<int> RunAsync(bool serve, CancellationToken cancellationToken)
    {
        output.Say($"""
            Pictor has drawn these pictures itself: shapes and digits in eight colours, simple scenes, words in English and Chinese.
            They show what Pictor does, not how well it does on photographs. Yours: pictor serve FOLDER. The way from labels to a model: pictor demo --train.

            """);
        string package = ShippedPackages.Find(Package)
            ?? throw new InputException("models/demo/demo.pictor", "The demo's package is not there", "Restore the folder models of the clone, or train one as models/demo/README.md says.");
        if (!File.Exists(folders.Labels))
        {
            using ProgressDisplay progress = output.Progress();
            await Task.Run(() => RenderedPictures.WriteFolder(folders.Work, RenderedPictures.PerRound, RenderedPictures.DemoSeed, progress: progress, cancellationToken: cancellationToken), cancellationToken);
        }

        IndexOutcome outcome;
        (int right, int all) judged;
        await using (PictureLibrary library = await PictureLibrary.OpenAsync(folders.Library, cancellationToken: cancellationToken))
        {
            ModelItem model = await library.Models.AddAsync(package, cancellationToken);
            if (!model.Active)
                await library.Models.UseAsync($"{model.Name}@{model.Version}", cancellationToken);
            using (ProgressDisplay progress = output.Progress())
                outcome = await library.IndexAsync([folders.Pictures], progress: progress, cancellationToken: cancellationToken);
            judged = Judge(library);
        }

        output.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Added + outcome.Known} pictures in {folders.Library}; its tags equal what was drawn on {judged.right} of {judged.all} ({100.0 * judged.right / Math.Max(1, judged.all):0.0} %)."));
        int code = output.Skips(outcome.Skipped);
        if (!serve)
        {
            if (output.Json)
                output.JsonLine(new { pictures = folders.Pictures, labels = folders.Labels, library = folders.Library, judged.right, judged.all });
            else
                output.Say($"Try: pictor search \"red circle\" --library {folders.Library}\n     pictor search 红色圆 --library {folders.Library}");
        }

        return code == ExitCode.Done ? 0 : outcome.Skipped.Count;
    }

    /// <summary>Pictures whose tags are just those that were drawn, of all that were.</summary>
    private (int Right, int All) Judge(PictureLibrary library)
    {
        var drawn = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string row in File.ReadLines(folders.Labels).Skip(1))
        {
            string[] fields = row.Split(',');
            drawn[Path.GetFileName(fields[0])] = fields[1];
        }

        int right = 0;
        foreach (PictureItem picture in library.List(limit: 10_000).Items)
        {
            if (!drawn.TryGetValue(Path.GetFileName(picture.File), out string? truth))
                continue;
            IEnumerable<string> said = library.Annotations(picture.Id).Where(a => a.Kind == AnnotationKind.Tag && !a.Rejected).Select(a => a.LabelId ?? a.Value);
            if (said.ToHashSet(StringComparer.Ordinal).SetEquals(truth.Split(';')))
                right++;
        }

        return (right, drawn.Count);
    }
}
