using Pictor.Imaging;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Models.Composing;

/// <summary>
/// Several graphs as one: the members side by side under names of their own, one input, their answers averaged. Members differ in mean and
/// std at will (each gets the shared numbers back in its own), not in size, colours or resizing: a picture resized once cannot equal two
/// that were resized from the original, and an ensemble should answer exactly what its members do.
/// </summary>
internal sealed class EnsembleGraph
{
    private readonly OnnxFile _file;
    private readonly IReadOnlyList<EnsembleMember> _members;
    private readonly bool _sameNumbers;

    private EnsembleGraph(IReadOnlyList<EnsembleMember> members)
    {
        _members = members;
        Preprocessing first = members[0].Package.Manifest.Input;
        _sameNumbers = members.All(m => m.Package.Manifest.Input.Mean.SequenceEqual(first.Mean) && m.Package.Manifest.Input.Std.SequenceEqual(first.Std));
        Input = _sameNumbers ? first : first with { Mean = [.. first.Mean.Select(_ => 0f)], Std = [.. first.Std.Select(_ => 1f)] };
        _file = OnnxFile.Empty("ensemble");
    }

    /// <summary>The input that all members share.</summary>
    public Preprocessing Input { get; }

    /// <summary>Outputs by role.</summary>
    public Dictionary<string, string> Outputs { get; } = new(StringComparer.Ordinal);

    /// <summary>0 without an embedding.</summary>
    public int EmbeddingLength { get; private set; }

    public static EnsembleGraph Of(IReadOnlyList<EnsembleMember> members, EnsembleEmbedding embedding)
    {
        var graph = new EnsembleGraph(members);
        graph.AddMembers();
        graph.AddAnswer();
        graph.AddEmbedding(embedding);
        return graph;
    }

    public byte[] ToArray() => _file.ToArray();

    private static string AnswerOf(ModelPackage package) => package.Manifest.Outputs[package.Manifest.AnswerRole];

    private void AddMembers()
    {
        PictureShape shape = Input.Shape;
        _file.Graph.Inputs.Add(OnnxFile.Declare(_file.Free(OnnxWriter.Pixels), [shape.Channels, shape.Height, shape.Width]));
        var files = _members.Select(m => HeadGraph.Open(m.Package)).ToList();
        AgreeOnOperators(files);
        for (int i = 0; i < files.Count; i++)
        {
            GraphParts graph = files[i].Graph;
            PackageManifest manifest = _members[i].Package.Manifest;
            HashSet<string> wanted = new([AnswerOf(_members[i].Package)], StringComparer.Ordinal);
            if (manifest.Outputs.TryGetValue(OnnxWriter.Embedding, out string? embedding))
                wanted.Add(embedding);
            graph.Outputs.RemoveAll(output => !wanted.Contains(output.Name));
            graph.Prune();
            string input = graph.Inputs.First(value => !graph.IsConstant(value.Name)).Name, source = Source(i, manifest.Input), prefix = Prefix(i);
            graph.Rename(name => name.Length == 0 ? name : name == input ? source : prefix + name);
            _file.Graph.Take(graph);
        }

        _file.Reindex();
    }

    // (x - mean) / std of the shared x = v / 255.
    private string Source(int member, Preprocessing input)
    {
        if (_sameNumbers)
            return OnnxWriter.Pixels;
        float[] factor = [.. input.Std.Select(s => 1 / s)], shift = [.. input.Std.Zip(input.Mean, (s, m) => -m / s)];
        string scaled = _file.Node("Mul", $"scaled.{member}", [OnnxWriter.Pixels, _file.Constant($"scale.{member}", factor, factor.Length, 1, 1)]);
        return _file.Node("Add", $"pixels.{member}", [scaled, _file.Constant($"shift.{member}", shift, shift.Length, 1, 1)]);
    }

    private void AddAnswer()
    {
        PackageManifest first = _members[0].Package.Manifest;
        string[] parts = new string[_members.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            EnsembleMember member = _members[i];
            string answer = Prefix(i) + AnswerOf(member.Package);
            if (!member.Order.SequenceEqual(Enumerable.Range(0, member.Order.Count)))
                answer = _file.Node("Gather", $"ordered.{i}", [answer, _file.Constant($"order.{i}", [.. member.Order.Select(o => (long)o)])], GraphNode.Attribute("axis", 1));
            parts[i] = _file.Node("Mul", $"weighted.{i}", [answer, _file.Constant($"weight.{i}", [(float)member.Weight], 1)]);
        }

        if (first.IsRegressor)
        {
            Declare(OnnxWriter.Value, _file.Node("Sum", OnnxWriter.Value, parts), 1);
            return;
        }

        // Softmax of the logarithms gives the probabilities back, and is what a temperature can stand before; with several classes a picture sigmoid of log(p / (1 - p)) does.
        if (first.MultiLabel)
        {
            string probabilities = _file.Node("Sum", OnnxWriter.Probabilities, parts);
            Declare(OnnxWriter.Probabilities, probabilities, first.Classes);
            string rest = _file.Node("Sub", "rest", [_file.Constant("one", [1f], 1), probabilities]);
            Declare(OnnxWriter.Logits, _file.Node("Sub", OnnxWriter.Logits, [Logarithm(probabilities, "positive"), Logarithm(rest, "negative")]), first.Classes);
        }
        else
        {
            string logits = _file.Node("Identity", OnnxWriter.Logits, [Logarithm(_file.Node("Sum", "mixture", parts), "positive")]);
            Declare(OnnxWriter.Probabilities, _file.Node("Softmax", OnnxWriter.Probabilities, [logits], GraphNode.Attribute("axis", 1)), first.Classes);
            Declare(OnnxWriter.Logits, logits, first.Classes);
        }
    }

    private string Logarithm(string probabilities, string name) =>
        _file.Node("Log", $"{name}.log", [_file.Node("Max", name, [probabilities, _file.Constant($"{name}.tiny", [1e-30f], 1)])]);

    /// <summary>
    /// Side by side, each times the root of its weight: unit length again, and the inner product of two pictures is the weighted mean of
    /// what the members find.
    /// </summary>
    private void AddEmbedding(EnsembleEmbedding kind)
    {
        (EnsembleMember Member, int Index)[] embedders = [.. _members.Select((m, i) => (m, i)).Where(m => m.m.Package.Manifest.EmbeddingLength > 0 && m.m.Weight > 0)];
        if (kind == EnsembleEmbedding.None || embedders.Length == 0)
            return;
        if (kind == EnsembleEmbedding.First)
            embedders = embedders[..1];
        double total = embedders.Sum(m => m.Member.Weight);
        string[] parts = [.. embedders.Select(m =>
        {
            string embedding = Prefix(m.Index) + m.Member.Package.Manifest.Outputs[OnnxWriter.Embedding];
            return embedders.Length == 1 ? embedding : _file.Node("Mul", $"seen.{m.Index}", [embedding, _file.Constant($"seen.weight.{m.Index}", [(float)Math.Sqrt(m.Member.Weight / total)], 1)]);
        })];
        EmbeddingLength = embedders.Sum(m => m.Member.Package.Manifest.EmbeddingLength);
        string all = parts.Length == 1 ? _file.Node("Identity", OnnxWriter.Embedding, parts) : _file.Node("Concat", OnnxWriter.Embedding, parts, GraphNode.Attribute("axis", 1));
        Declare(OnnxWriter.Embedding, all, EmbeddingLength);
    }

    private void Declare(string role, string name, int length)
    {
        Outputs[role] = name;
        _file.Output(name, length);
    }

    private void AgreeOnOperators(List<OnnxFile> files)
    {
        for (int i = 0; i < files.Count; i++)
        {
            string reference = _members[i].Package.Reference;
            if (files[i].HasFunctions)
                throw new InputException(reference, "its model brings operators of its own, which cannot be combined", "Export it again with its functions inlined, or leave it out.") { Code = "ensemble.not-alike" };
            _file.IrVersion = Math.Max(_file.IrVersion, files[i].IrVersion);
            HashSet<string> used = [.. files[i].Graph.Domains(), ""];
            foreach ((string domain, long version) in files[i].Operators.Where(set => used.Contains(set.Key)))
            {
                if (_file.Operators.TryGetValue(domain, out long other) && other != version)
                {
                    throw new InputException(reference, $"its operator set{(domain.Length > 0 ? $" {domain}" : "")} is {version}, that of the members before it {other}; one file has one", "Export the models again with the same operator set.")
                    { Code = "ensemble.not-alike" };
                }

                _file.Operators[domain] = version;
            }
        }
    }

    private static string Prefix(int member) => $"m{member}.";
}
