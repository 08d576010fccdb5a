using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Models.External;
using Pictor.Models.Packages;

namespace Pictor.Cli.Models;

/// <summary><c>models import</c>: a package of an ONNX file from elsewhere.</summary>
internal sealed class ModelsImportCommand : PictorCommand
{
    private readonly Argument<string> _file = new("onnx") { Description = "The ONNX file, with its weights inside." };
    private readonly Option<string> _recipe = new("--recipe") { Description = "JSON: name, input size, mean and std, which values are logits or probabilities and embedding.", Required = true, HelpName = "FILE" };
    private readonly Option<string> _labels = new("--labels") { Description = "The classes, a line each in the order of the outputs: a name, or an id, a tab and words.", Required = true, HelpName = "FILE" };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The package to write.", Required = true, HelpName = "FILE" };

    public ModelsImportCommand()
        : base(
            "import", "Make a package of an ONNX file from elsewhere and a small recipe.",
            "pictor models import mobilenetv2.onnx --recipe mobilenetv2.json --labels imagenet.tsv --out mobilenetv2.pictor", "pictor models import m.onnx --recipe m.json --labels names.txt --out m.pictor --json")
    {
        Add(_file);
        Add(_recipe);
        Add(_labels);
        Add(_out);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        string path = Path.GetFullPath(parsed.GetRequiredValue(_out)), file = parsed.GetRequiredValue(_file);
        ExternalRecipe recipe = ExternalRecipeFile.Load(parsed.GetRequiredValue(_recipe));
        IReadOnlyList<Label> labels = LabelList.Load(parsed.GetRequiredValue(_labels));
        PackageManifest made = await Task.Run(() => ExternalPackage.Create(file, recipe, labels, path), cancellationToken);
        output.Result(
            new { model = path, made.Name, made.Version, made.Classes, made.EmbeddingLength },
            () => $"{path}\n{made.Name}@{made.Version}: {made.Classes} classes, {(made.EmbeddingLength > 0 ? $"embedding of {made.EmbeddingLength}" : "no embedding")}");
        return ExitCode.Done;
    }
}
