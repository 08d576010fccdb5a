using System.Reflection;
using Pictor.Imaging;
using Pictor.Models.Composing;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Models.External;

/// <summary>Makes a package of an ONNX file from elsewhere and a small recipe: what the file lacks (a free batch, softmax, an embedding of unit length, another order of colours) is added to its graph.</summary>
public static class ExternalPackage
{
    /// <summary>Writes the package.</summary>
    /// <param name="onnxPath">The ONNX file, with its weights inside.</param>
    /// <param name="recipe">What it does not say of itself.</param>
    /// <param name="labels">Classes in the order of its outputs.</param>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    /// <returns>The manifest that was written.</returns>
    /// <exception cref="InputException">The file is no ONNX file, does not run, or does not fit recipe and labels.</exception>
    public static PackageManifest Create(string onnxPath, ExternalRecipe recipe, IReadOnlyList<Label> labels, string path)
    {
        (OnnxFile file, byte[] original) = Open(onnxPath);
        CheckRecipe(onnxPath, recipe, file);
        ExternalInput given = recipe.Input;
        string input = PrepareInput(onnxPath, file, given);
        OpenBatch.Apply(file);
        Dictionary<string, string> outputs = PrepareOutputs(file, recipe);

        string[] roles = [.. outputs.Keys], names = [.. outputs.Values];
        foreach (string name in names)
            file.Graph.Outputs.Add(OnnxFile.DeclareFloat(name));
        int[] lengths = ExternalCheck.Lengths(onnxPath, file.ToArray(), input, [given.Channels, given.Height, given.Width], names);
        file.Graph.Outputs.Clear();
        for (int i = 0; i < names.Length; i++)
            file.Output(names[i], lengths[i]);
        int classes = lengths[Array.IndexOf(roles, OnnxWriter.Probabilities)];
        if (classes != labels.Count)
            throw new InputException("labels", $"{labels.Count} classes are given, the model answers {classes}", "Give one line for each output of the model, in its order.") { Code = "package.wrong-shape" };

        bool turned = given.ColourOrder == "bgr";
        var manifest = new PackageManifest
        {
            Name = recipe.Name,
            Version = recipe.Version,
            MultiLabel = recipe.MultiLabel,
            TagThreshold = recipe.TagThreshold,
            Input = new Preprocessing(new PictureShape(given.Channels, given.Height, given.Width), given.Policy, Turn(given.Mean, turned), Turn(given.Std, turned)) { Filter = given.Filter },
            Outputs = outputs,
            Classes = classes,
            EmbeddingLength = outputs.ContainsKey(OnnxWriter.Embedding) ? lengths[Array.IndexOf(roles, OnnxWriter.Embedding)] : 0,
            Provenance = new PackageProvenance
            {
                PictorVersion = typeof(ExternalPackage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0],
                CreatedAt = TimeProvider.System.GetUtcNow(),
                From = [new PackageSource(Path.GetFileName(onnxPath), ModelPackage.Hash(original))],
            },
        };
        ModelPackage.Write(path, manifest, labels, file.ToArray(), ModelCard.Write(manifest, labels, recipe.About));
        return manifest;
    }

    private static (OnnxFile File, byte[] Bytes) Open(string path)
    {
        try
        {
            byte[] bytes = new FileInfo(path).Length <= ModelPackage.MaxBytes ? File.ReadAllBytes(path) : throw new FormatException("it is larger than a package may be");
            if (OnnxOutline.Read(bytes).ReadsOtherFiles)
                throw new FormatException("it takes weights from other files");
            return (OnnxFile.Read(bytes), bytes);
        }
        catch (FormatException e)
        {
            throw new InputException(path, $"it is no ONNX file that can be packaged: {e.Message}", "Give an ONNX file with its weights inside and operator set 8 or later.", e) { Code = "package.not-runnable" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, File.Exists(path) ? $"it cannot be read: {e.Message}" : "there is no such file", "Give the path of an ONNX file.", e) { Code = "package.not-found" };
        }
    }

    private static void CheckRecipe(string path, ExternalRecipe recipe, OnnxFile file)
    {
        var faults = new List<string>();
        ExternalInput input = recipe.Input;
        if (input.Channels is not (1 or 3) || input.Width is < 1 or > Networks.NetworkCatalog.LargestSide || input.Height is < 1 or > Networks.NetworkCatalog.LargestSide)
            faults.Add($"an input of {input.Channels}x{input.Height}x{input.Width} is out of range");
        if (input.Mean.Count != input.Channels || input.Std.Count != input.Channels)
            faults.Add($"mean has {input.Mean.Count} and std {input.Std.Count} numbers for {input.Channels} channels");
        if (input.ColourOrder is not ("rgb" or "bgr"))
            faults.Add($"colourOrder is '{input.ColourOrder}', expected rgb or bgr");
        if (input.Layout is not ("nchw" or "nhwc"))
            faults.Add($"layout is '{input.Layout}', expected nchw or nhwc");
        if (recipe.Outputs.Logits is null && recipe.Outputs.Probabilities is null)
            faults.Add("outputs names neither logits nor probabilities");
        var made = file.Graph.Nodes.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        foreach (string? name in new[] { recipe.Outputs.Logits, recipe.Outputs.Probabilities, recipe.Outputs.Embedding })
        {
            if (name is not null && !made.Contains(name))
                faults.Add($"the model has no value '{name}'{(NearestWord.Of(name, made) is { } near ? $"; did you mean '{near}'?" : $" (its outputs: {string.Join(", ", file.Graph.Outputs.Select(o => o.Name))})")}");
        }

        if (faults.Count > 0)
            throw new InputException($"{path}, recipe", string.Join("; ", faults), "Correct the recipe.") { Code = "recipe.invalid" };
    }

    /// <summary>Gives the model an input [batch, channels, height, width] in RGB; returns its name.</summary>
    private static string PrepareInput(string path, OnnxFile file, ExternalInput given)
    {
        NamedPart[] inputs = [.. file.Graph.Inputs.Where(value => !file.Graph.IsConstant(value.Name))];
        if (inputs.Length != 1)
            throw new InputException(path, $"it takes {inputs.Length} inputs ({string.Join(", ", inputs.Select(i => i.Name))})", "Give a model of pictures alone.") { Code = "package.wrong-shape" };
        string old = inputs[0].Name, name = old;
        file.Graph.Inputs.Remove(inputs[0]);
        file.Graph.Declared.Clear();
        if (given.ColourOrder == "bgr" || given.Layout == "nhwc")
        {
            // Whoever read the old input goes on doing so; it is now made from the new one.
            string value = name = file.Free(OnnxWriter.Pixels);
            var turns = new List<GraphNode>();
            if (given.ColourOrder == "bgr" && given.Channels == 3)
                turns.Add(GraphNode.Make("Gather", given.Layout == "nhwc" ? value = file.Free("pixels.bgr") : old, [name, file.Constant("pixels.order", [2, 1, 0])], GraphNode.Attribute("axis", 1)));
            if (given.Layout == "nhwc")
                turns.Add(GraphNode.Make("Transpose", old, [value], GraphNode.Attribute("perm", [0L, 2, 3, 1])));
            if (turns.Count == 0)
                turns.Add(GraphNode.Make("Identity", old, [name]));
            file.Graph.Nodes.InsertRange(0, turns);
        }

        file.Graph.Inputs.Add(OnnxFile.Declare(name, [given.Channels, given.Height, given.Width]));
        return name;
    }

    private static Dictionary<string, string> PrepareOutputs(OnnxFile file, ExternalRecipe recipe)
    {
        // Roles point to new names: values of the file may have these names already, and other shapes.
        file.Graph.Outputs.Clear();
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        string? logits = recipe.Outputs.Logits is { } l ? Flat(l, OnnxWriter.Logits) : null;
        string? probabilities = recipe.Outputs.Probabilities is { } p ? Flat(p, OnnxWriter.Probabilities) : null;
        probabilities ??= recipe.MultiLabel ? file.Node("Sigmoid", OnnxWriter.Probabilities, [logits!]) : file.Node("Softmax", OnnxWriter.Probabilities, [logits!], GraphNode.Attribute("axis", 1));
        if (logits is not null)
            outputs[OnnxWriter.Logits] = logits;
        outputs[OnnxWriter.Probabilities] = probabilities;
        if (recipe.Outputs.Embedding is { } e)
            outputs[OnnxWriter.Embedding] = file.UnitLength(Flat(e, "embedding.flat"), OnnxWriter.Embedding);
        string[] needed = [.. outputs.Values];
        foreach (string name in needed)
            file.Graph.Outputs.Add(OnnxFile.DeclareFloat(name));
        file.Graph.Prune();
        file.Graph.Outputs.Clear();
        return outputs;

        string Flat(string value, string name) => file.Node("Flatten", name, [value], GraphNode.Attribute("axis", 1));
    }

    // Mean and std of the recipe are in the model's order of colours, those of the package in RGB.
    private static float[] Turn(IReadOnlyList<float> values, bool turned) => turned ? [.. values.Reverse()] : [.. values];
}
