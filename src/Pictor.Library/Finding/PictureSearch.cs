using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding.Asking;
using Pictor.Library.Pictures;
using Pictor.VectorSearch;

namespace Pictor.Library.Finding;

/// <summary>
/// Answers a question: words, filters, a picture, examples, in any mixture. Words and filters choose, likeness orders; what fits hardly better than chance is counted and folded away.
/// </summary>
internal sealed class PictureSearch(CatalogueFile catalogue, LibraryModels models, Embedder embedder, TextSearch text, TagWords words, Listing listing, PictureTable pictures)
{
    /// <summary>A search by picture ranks this many nearest ones at least; in a larger library the rest counts as weaker.</summary>
    private const int Ranked = 10_000;

    private readonly ConditionalWeakTable<FlatIndex, Background> _backgrounds = [];

    /// <summary>One picture that was found; Cosine is NaN where nothing was compared.</summary>
    private readonly record struct Match(int Row, double Score, double Cosine);

    /// <summary>What words and filters have chosen.</summary>
    private sealed record Chosen(TextMatches? Texts, RowSet? Rows, RowSet? Unwanted) : IDisposable
    {
        internal bool IsEverything => Texts is null && Rows is null && Unwanted is null;

        internal bool Has(long row) => Unwanted?.Contains(row) != true && Texts?.Has(row) != false && Rows?.Contains(row) != false;

        public void Dispose() => Texts?.Dispose();
    }

    /// <summary>The nearest ones, however far they are.</summary>
    internal Page<Hit> Similar(string id, int limit, string? cursor)
    {
        limit = Cursor.Limit(limit);
        int offset = Cursor.ReadOffset(cursor);
        using AnnotatorLease lease = models.BorrowOrExplain();
        FlatIndex index = lease.Active.Vectors;
        Example example = embedder.OfPicture(id, lease.Active);
        IReadOnlyList<Neighbour> found = index.Search(example.Vector, offset + limit + 1, row => row != example.Row);
        int total = index.Count - (index.TryGet(example.Row!.Value, new float[index.Dimensions]) ? 1 : 0);
        Neighbour[] page = [.. found.Skip(offset).Take(limit)];
        Dictionary<long, (string Id, string File)> names = listing.Names([.. page.Select(n => n.Id)]);
        Hit[] hits = [.. page.Where(n => names.ContainsKey(n.Id)).Select(n => new Hit(names[n.Id].Id, names[n.Id].File, Score(n.Score), [new HitReason("picture", example.Name, Score(n.Score))]))];
        return new Page<Hit>(hits, found.Count > offset + limit ? Cursor.Write(offset + limit) : null, Math.Max(total, found.Count), null);
    }

    /// <exception cref="InputException">Nothing is asked for, a filter is wrong, an example is unknown or broken, or there is no model to compare with.</exception>
    internal Page<Hit> Find(PictureQuery query, int limit, string? cursor)
    {
        limit = Cursor.Limit(limit);
        int offset = Cursor.ReadOffset(cursor);
        (query, Question question) = Understand(query);
        bool compares = query.Picture is not null || query.Like.Count + query.Dislike.Count > 0;
        if (question.Terms.Count == 0 && !compares)
            throw new InputException("search", "there is neither a text nor a picture to look for", "Give words, a picture, filters or several of them.") { Code = "search.empty" };
        if (!compares && !question.Wanted.Any() && !question.Filters.Any())
            throw new InputException("text", "there is no word to look for", "Give at least one word without a minus.") { Code = "search.no-words" };
        return catalogue.Read(connection =>
        {
            using var statements = new PreparedStatements(connection);
            var lookup = new Lookup(connection, statements, pictures.Of(statements));
            if (!compares && !question.Wanted.Any())
                return ByFilters(lookup, query, question, limit, offset);
            using Chosen chosen = Choose(lookup, question);
            return compares ? ByLikeness(lookup, query, chosen, limit, offset) : ByWords(lookup, query, chosen, limit, offset);
        });
    }

    /// <summary>Text and filter as one question; like: and -like: among its terms become examples.</summary>
    private static (PictureQuery Query, Question Question) Understand(PictureQuery query)
    {
        Question question = string.IsNullOrWhiteSpace(query.Text) ? Question.Empty : QuestionParser.Parse(query.Text);
        if (!string.IsNullOrWhiteSpace(query.Filter))
            question = question.And(QuestionParser.ParseFilter(query.Filter));
        Term[] examples = [.. question.Terms.Where(t => t.Choices is [Filter { Key: FilterKey.Like }])];
        if (examples.Length == 0)
            return (query, question);
        return (query with { Like = [.. query.Like, .. Of(minus: false)], Dislike = [.. query.Dislike, .. Of(minus: true)] }, new Question([.. question.Terms.Except(examples)]));

        IEnumerable<PictureExample> Of(bool minus) => examples.Where(t => t.Minus == minus).SelectMany(t => ((Filter)t.Choices[0]).Values).Select(v => new PictureExample(v.Text));
    }

    private Chosen Choose(Lookup lookup, Question question)
    {
        TagBounds bounds = TagBounds.Of(question);
        var filters = new FilterRows(lookup, words, "text");
        RowSet? rows = question.Filters.Any() ? filters.Found(question.Terms, bounds) : null; // before the words, whose hits an error would leave behind
        RowSet unwanted = text.Unwanted(lookup, question);
        return new Chosen(text.Find(lookup, question, bounds), rows, unwanted.Count == 0 ? null : unwanted);
    }

    private Page<Hit> ByFilters(Lookup lookup, PictureQuery query, Question question, int limit, int offset)
    {
        RowSet found = new FilterRows(lookup, words, "text").Found(question.Terms, TagBounds.Of(question));
        found.Drop(text.Unwanted(lookup, question));
        int total = found.Count;
        string filters = string.Join(' ', question.Filters.Select(t => (t.Minus ? "-" : "") + string.Join('|', t.Choices)));
        int[] page = PictureOrder.First(lookup, found.Rows(), query.Sort, offset + limit)[Math.Min(offset, total)..];
        Dictionary<long, (string Id, string File)> names = listing.Names(lookup.Statements, [.. page.Select(row => (long)row)]);
        Hit[] hits = [.. page.Where(row => names.ContainsKey(row)).Select(row => new Hit(names[row].Id, names[row].File, 1, [new HitReason("filter", filters, 1)]))];
        return new Page<Hit>(hits, offset + limit < total ? Cursor.Write(offset + limit) : null, total, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Page<Hit> ByWords(Lookup lookup, PictureQuery query, Chosen chosen, int limit, int offset)
    {
        var strong = new List<Match>(chosen.Texts!.Rows.Length);
        var weak = new List<Match>();
        foreach (int row in chosen.Texts.Rows)
        {
            if (!chosen.Has(row))
                continue;
            (double score, bool isWeak) = chosen.Texts.Of(row);
            (isWeak ? weak : strong).Add(new Match(row, score, double.NaN));
        }

        return PageOf(lookup, query, chosen, strong, weak, null, null, limit, offset);
    }

    private Page<Hit> ByLikeness(Lookup lookup, PictureQuery query, Chosen chosen, int limit, int offset)
    {
        using AnnotatorLease lease = models.BorrowOrExplain();
        FlatIndex index = lease.Active.Vectors;
        Target target = Target.Of(query, embedder, lease.Active);
        bool free = chosen.IsEverything;
        if (chosen.Texts is { Rows.Length: 0 })
            return new Page<Hit>([], null, 0, 0);

        IReadOnlyList<Neighbour> ranked = index.Search(target.Vector, Math.Max(Ranked, offset + limit + 1), row => !target.Excluded.Contains(row) && (free || chosen.Has(row)));
        int all = free ? index.Count - target.Excluded.Count(row => index.TryGet(row, new float[index.Dimensions])) : ranked.Count;
        Background background = BackgroundOf(index);
        if (ranked.Count == 0 || (free && target.IsStranger && background.IsForeign(ranked[0].Score)))
            return new Page<Hit>([], null, 0, free ? all : 0);

        (double mean, double cut) = background.Level(target.Vector);
        var strong = new List<Match>();
        var weak = new List<Match>();
        foreach (Neighbour neighbour in ranked)
        {
            (double inWords, bool weakly) = chosen.Texts?.Of((int)neighbour.Id) ?? default;
            double score = chosen.Texts is null ? Score(neighbour.Score) : Fusion.Of(inWords, Fusion.Normal(neighbour.Score, mean));

            // Words and filters have chosen already: there the picture only orders.
            bool isWeak = chosen.Texts is null ? free && neighbour.Score < cut : weakly;
            (isWeak ? weak : strong).Add(new Match((int)neighbour.Id, score, neighbour.Score));
        }

        // The first page is filled with the nearest, weak or not; further pages only with what is more than chance.
        int fill = free && offset == 0 && !query.IncludeWeaker ? Math.Clamp(limit - strong.Count, 0, weak.Count) : 0;
        strong.AddRange(weak[..fill]);
        weak.RemoveRange(0, fill);
        return PageOf(lookup, query, chosen, strong, weak, target, index, limit, offset, free ? all - strong.Count : null);
    }

    private Page<Hit> PageOf(Lookup lookup, PictureQuery query, Chosen chosen, List<Match> strong, List<Match> weak, Target? target, FlatIndex? index, int limit, int offset, int? weaker = null)
    {
        int end = offset + limit;
        Leading.Sort(CollectionsMarshal.AsSpan(strong), end, ByScore);
        List<Match> all = strong;
        if (query.IncludeWeaker)
        {
            Leading.Sort(CollectionsMarshal.AsSpan(weak), Math.Max(0, end - strong.Count), ByScore);
            all = [.. strong, .. weak];
        }

        IEnumerable<Match> ordered = all;
        if (query.Sort != SearchSort.Relevance)
        {
            Dictionary<int, Match> byRow = all.ToDictionary(m => m.Row);
            ordered = PictureOrder.First(lookup, byRow.Keys, query.Sort, end).Select(row => byRow[row]);
        }

        Match[] page = [.. ordered.Skip(offset).Take(limit)];
        Dictionary<long, (string Id, string File)> names = listing.Names(lookup.Statements, [.. page.Select(m => (long)m.Row)]);
        Dictionary<int, Found[]> found = chosen.Texts is null ? [] : page.ToDictionary(m => m.Row, m => chosen.Texts.Reasons(m.Row).ToArray());
        Dictionary<(bool File, long Id), string> values = WordRows.Values(lookup.Statements, found.Values.SelectMany(f => f));
        float[] vector = new float[index?.Dimensions ?? 0];
        Hit[] hits = [.. page.Where(m => names.ContainsKey(m.Row)).Select(m => new Hit(names[m.Row].Id, names[m.Row].File, m.Score, [.. Reasons(m)]))];
        int left = query.IncludeWeaker ? 0 : Math.Max(0, weaker ?? weak.Count);
        return new Page<Hit>(hits, end < all.Count ? Cursor.Write(end) : null, all.Count, left);

        IEnumerable<HitReason> Reasons(Match match)
        {
            if (target is not null)
            {
                index!.TryGet(match.Row, vector);
                yield return target.Reason(match.Cosine, vector);
            }

            foreach (Found reason in found.GetValueOrDefault(match.Row) ?? [])
                yield return new HitReason(KindOf(reason.In), reason.Value ?? values.GetValueOrDefault((reason.In == FoundIn.Name, reason.Source), ""), reason.Score);
        }
    }

    private Background BackgroundOf(FlatIndex index)
    {
        Background background = _backgrounds.GetValue(index, i => new Background(i, listing.GreatestRow()));
        if (!background.IsCurrent)
        {
            background = new Background(index, listing.GreatestRow());
            _backgrounds.AddOrUpdate(index, background);
        }

        return background;
    }

    internal static double Score(double cosine) => Math.Clamp(cosine, 0, 1);

    private static int ByScore(Match a, Match b) => b.Score.CompareTo(a.Score) is var order and not 0 ? order : b.Row.CompareTo(a.Row);

    private static string KindOf(FoundIn place) => place switch
    {
        FoundIn.Text or FoundIn.Name => "word",
        var other => other.ToString().ToLowerInvariant(),
    };
}
