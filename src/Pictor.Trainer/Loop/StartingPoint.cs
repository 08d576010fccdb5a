using Pictor.Imaging;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Loop;

/// <summary>What a run takes over from packages: weights to fine-tune, and what a teacher says of the training pictures.</summary>
internal sealed class StartingPoint
{
    private readonly ModelPackage? _package;

    private StartingPoint(ModelPackage? package) => _package = package;

    /// <summary>[training pictures, classes]: probabilities of a teacher; null without one.</summary>
    public float[]? Soft { get; set; }

    /// <summary>The way from a picture to the input that the package's network was trained with.</summary>
    public Preprocessing? Input => _package?.Manifest.Input;

    /// <summary>Opens the package that a recipe starts from, if it names one.</summary>
    /// <exception cref="InputException">It is no package, or not one whose network Pictor knows.</exception>
    public static StartingPoint Of(Recipe recipe)
    {
        if (recipe.Transfer.Package is not { } path)
            return new StartingPoint(null);
        ModelPackage package = ModelPackage.Open(path);
        return package.Manifest.Provenance?.Network is null
            ? throw new InputException(path, $"{package.Reference} comes from elsewhere, so its layers cannot be trained further", "Leave out --fine-tune: a head on its embeddings learns in seconds.") { Code = "package.not-trainable" }
            : new StartingPoint(package);
    }

    /// <summary>The recipe with the package's network.</summary>
    public Recipe Complete(Recipe recipe) => _package is null ? recipe : recipe with
    {
        Network = _package.Manifest.Provenance!.Network!,
        Size = null,
        Channels = null,
        Progressive = null,
    };

    /// <summary>Loads the weights. The last layer begins anew where the classes are others; where they are the same in another order, its rows follow.</summary>
    public void Apply(TrainingModel model, Network network, Recipe recipe, IReadOnlyList<Label> labels)
    {
        if (_package is null)
            return;
        Network old = NetworkCatalog.Create(network.Name, network.Input, _package.Manifest.Classes, recipe.Dropout);
        NetworkWeights weights = OnnxWeights.Read(old, _package.Onnx.Span);
        NetworkWeights fresh = model.Export();
        NetworkNode last = network.Nodes[^1];
        bool same = labels.Select(l => l.Id).SequenceEqual(_package.Labels.Select(l => l.Id), StringComparer.Ordinal);
        if (!same)
        {
            foreach (Parameter parameter in last.Parameters)
                weights[parameter.Name] = fresh[parameter.Name];
        }

        model.Load(weights);
        model.Optimizer.ScaleRates(model.Layout, LayerRates(network, recipe.Transfer.LayerDecay));
    }

    /// <summary>The rate of each array by its layer's distance from the output, counted in layers with weights (Howard and Ruder 2018, section 3.2).</summary>
    internal static Func<Parameter, double> LayerRates(Network network, double decay)
    {
        string[] layers = [.. network.Nodes.Where(node => node.Layer is Layer.Convolution or Layer.Linear or Layer.Lstm).Select(node => node.Name)];
        var depth = new Dictionary<string, int>(StringComparer.Ordinal);
        int seen = -1;
        foreach (NetworkNode node in network.Nodes)
        {
            // A norm belongs to the convolution before it.
            if (node.Layer is Layer.Convolution or Layer.Linear or Layer.Lstm)
                seen++;
            foreach (Parameter parameter in node.Parameters)
                depth[parameter.Name] = layers.Length - 1 - Math.Max(0, seen);
        }

        return parameter => Math.Pow(decay, depth[parameter.Name]);
    }
}
