using System.Buffers;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Finding.Asking;
using Pictor.Models.Words;

namespace Pictor.Library.Finding;

/// <summary>
/// Finds pictures by what a word means: a picture's score for "dog" is the sum of the probabilities of all dogs that the active model knows, for a network that hesitates between two
/// breeds is sure of the dog. Tags count too, of people above all: whoever wrote "beagle" is found by "dog". A rejection takes away the shares of all classes at or below what was rejected.
/// </summary>
internal sealed class ConceptSearch(TagWords words, LibraryModels models)
{
    private readonly ClassShareTables _tables = new();

    private sealed record Rejection(long Picture, string Key, string? LabelId);

    internal void Find(Lookup lookup, ConceptMeaning meaning, TagBounds bounds, Action<Found> found)
    {
        using AnnotatorLease? lease = models.Borrow();
        ConceptGraph graph = words.GraphOf(lease?.Active);
        Dictionary<long, Rejected> rejections = Rejections(lookup.Statements, graph);
        ClassShareTable? table = lease is null ? null : _tables.Of(lookup.Statements, lease.Active.Model);
        bool notModels = bounds.IsEmpty && table?.IsComplete(lookup.Columns) == true;
        foreach (WordRows.TagRow tag in WordRows.TagsOf(lookup, meaning.Words, meaning.Ids, bounds, "text", notModels))
        {
            // Who said "beagle" and rejected "dog" contradicts himself; his word that something is there counts. A model's does not.
            if (tag.Rank > 1 || tag.LabelId is null || rejections.GetValueOrDefault(tag.Picture)?.Ids.Contains(tag.LabelId) != true)
                found(Of(meaning, tag.Picture, tag.Confidence, isWeak: false));
        }

        if (table is not null && meaning.Classes.Count > 0)
            Sums(lookup, table, meaning, lease!.Active, rejections, bounds, found);
    }

    private static Found Of(ConceptMeaning meaning, long picture, double score, bool isWeak) => new(picture, score, FoundIn.Concept, 0, meaning.Name, isWeak);

    /// <summary>Reads the shares of the active model.</summary>
    internal void WarmUp(PreparedStatements statements)
    {
        using AnnotatorLease? lease = models.Borrow();
        if (lease is not null)
            _tables.Of(statements, lease.Active.Model);
    }

    private static void Sums(
        Lookup lookup, ClassShareTable table, ConceptMeaning meaning, ActiveModel active, Dictionary<long, Rejected> rejections, TagBounds bounds, Action<Found> found)
    {
        bool[] classes = new bool[active.Model.Classes];
        foreach (int index in meaning.Classes)
            classes[index] = true;
        (long Picture, double Sum)[] room = ArrayPool<(long, double)>.Shared.Rent(lookup.Columns.Visible);
        int count = table.Sums(lookup.Columns, classes, picture => rejections.GetValueOrDefault(picture)?.Classes, active.Package.Manifest.MultiLabel, ConceptCut.Weakest, room);
        ReadOnlySpan<(long Picture, double Sum)> sums = room.AsSpan(0, count);
        double cut = ConceptCut.Of(sums);
        foreach ((long picture, double sum) in sums)
        {
            if (bounds.IsEmpty || bounds.FitsModel(sum, "text"))
                found(Of(meaning, picture, sum, sum < cut));
        }

        ArrayPool<(long, double)>.Shared.Return(room);
    }

    private static Dictionary<long, Rejected> Rejections(PreparedStatements statements, ConceptGraph graph)
    {
        var result = new Dictionary<long, Rejected>();
        var meanings = new Dictionary<(string, string?), ConceptMeaning?>();
        foreach (Rejection row in statements.Rows(
            "SELECT picture, value_key, label_id FROM annotations WHERE rejected = 1 AND kind = 'tag'", row => new Rejection(row.Long(0), row.Text(1), row.IsNull(2) ? null : row.Text(2))))
        {
            if (!meanings.TryGetValue((row.Key, row.LabelId), out ConceptMeaning? meaning))
                meanings.Add((row.Key, row.LabelId), meaning = row.LabelId is { } id && graph.MeaningOfId(id) is { } byId ? byId : graph.Meaning(row.Key));
            if (meaning is null)
                continue;
            if (!result.TryGetValue(row.Picture, out Rejected? rejected))
                result.Add(row.Picture, rejected = new Rejected());
            rejected.Classes.UnionWith(meaning.Classes);
            rejected.Ids.UnionWith(meaning.Ids);
        }

        return result;
    }

    /// <summary>What was rejected for a picture, with all below it.</summary>
    private sealed class Rejected
    {
        internal HashSet<int> Classes { get; } = [];

        internal HashSet<string> Ids { get; } = new(StringComparer.Ordinal);
    }
}
