using System.Globalization;
using Microsoft.AspNetCore.Http;
using Pictor.Library;
using Pictor.Server.Images;

namespace Pictor.Server.Pages;

// Pictures under a name: collections that people made, and groups that nobody had to make.
internal sealed partial class PageBuilder
{
    private const int CardsAtOnce = 60;

    /// <summary>Saved searches whose pictures are looked for while the page is made; each costs a search.</summary>
    private const int QueriesAtOnce = 30;

    public async Task<IResult> CollectionsAsync(PageContext page, CancellationToken cancellationToken)
    {
        var cards = new List<CardView>();
        int queries = 0;
        foreach (CollectionItem collection in library.Collections())
            cards.Add(await CardOfAsync(page, collection, asks: collection.Query is null || queries++ < QueriesAtOnce, cancellationToken));
        return await renderer.RenderAsync<CollectionsPage>(page, new CollectionsModel(cards));
    }

    public async Task<IResult> GroupsAsync(PageContext page, string? by, int from, CancellationToken cancellationToken)
    {
        GroupBy how = ViewQuestion.ParseGroup(by);
        IReadOnlyList<PictureGroup> groups;
        try
        {
            groups = await library.GroupsAsync(how, cancellationToken);
        }
        catch (InputException e) when (e.Code is "model.none" or "model.no-embedding")
        {
            return await renderer.RenderAsync<GroupsPage>(page, new GroupsModel(how, [], 0, null) { NeedsModel = true });
        }

        from = Math.Clamp(from, 0, groups.Count);
        string? next = from + CardsAtOnce < groups.Count ? page.With(("from", (from + CardsAtOnce).ToString(CultureInfo.InvariantCulture))) : null;
        CardView[] cards = [.. groups.Skip(from).Take(CardsAtOnce).Select(group => new CardView(AddressOf(how, group), TitleOf(page, group), LineOf(page, group, counted: true), Spread(group.Ids, how)))];
        return await renderer.RenderAsync<GroupsPage>(page, new GroupsModel(how, cards, groups.Count, next));
    }

    private async Task<IResult> CollectionAsync(PageContext page, LibrarySummary summary, string reference, string? cursor, CancellationToken cancellationToken)
    {
        CollectionItem collection = library.Collection(reference);
        Page<PictureItem> pictures = await library.CollectionPicturesAsync(reference, PageSize, cursor, cancellationToken);
        return await PicturesAsync(page, summary, collection.Name, pictures, Source(("collection", collection.Id.ToString(CultureInfo.InvariantCulture))), model => model with { Collection = collection });
    }

    private async Task<IResult> GroupAsync(PageContext page, LibrarySummary summary, ViewQuestion view, string? cursor, CancellationToken cancellationToken)
    {
        PictureGroup group = await library.GroupOfAsync(view.GroupedBy, view.Of ?? "", cancellationToken);
        int from = int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? Math.Min(given, group.Ids.Count) : 0;
        PictureItem[] items = [.. group.Ids.Skip(from).Take(PageSize).Select(library.Get).OfType<PictureItem>()];
        string? next = from + PageSize < group.Ids.Count ? (from + PageSize).ToString(CultureInfo.InvariantCulture) : null;
        return await PicturesAsync(
            page, summary, TitleOf(page, group), new Page<PictureItem>(items, next, group.Pictures), Source(("group", view.Group!)) + "&" + Source(("of", view.Of!)),
            model => model with { Line = LineOf(page, group, counted: false), Place = group.Place });
    }

    private async Task<CardView> CardOfAsync(PageContext page, CollectionItem collection, bool asks, CancellationToken cancellationToken)
    {
        string id = collection.Id.ToString(CultureInfo.InvariantCulture);
        var card = new CardView($"/?collection={id}", collection.Name, collection.Query ?? "", []) { IsQuery = collection.Query is not null };
        if (!asks)
            return card;
        try
        {
            Page<PictureItem> first = await library.CollectionPicturesAsync(id, CardView.Shown, null, cancellationToken);
            return card with { Ids = [.. first.Items.Select(item => item.Id)], Line = Count(page, first.Total) + (collection.Query is { } query && query != collection.Name ? $" · {query}" : "") };
        }
        catch (InputException e)
        {
            return card with { Problem = e.Message }; // a saved question that names what is gone, such as a picture
        }
    }

    private static string AddressOf(GroupBy by, PictureGroup group) => $"/?group={(by == GroupBy.Event ? "event" : "look")}&of={group.Ids[0]}";

    /// <summary>Of an event pictures from all of it, of a look the most typical.</summary>
    private static string[] Spread(IReadOnlyList<string> ids, GroupBy by) => by == GroupBy.Look || ids.Count <= CardView.Shown
        ? [.. ids.Take(CardView.Shown)]
        : [.. Enumerable.Range(0, CardView.Shown).Select(i => ids[i * (ids.Count - 1) / (CardView.Shown - 1)])];

    /// <summary>What sets it apart, else when it was; where, only in its own view and below it.</summary>
    private string TitleOf(PageContext page, PictureGroup group) =>
        group.Tags.Count > 0 ? string.Join(page.Text.Comma, group.Tags.Take(2).Select(NamesFor(page))) : Days(page, group) ?? page.Text.Unnamed;

    private static string LineOf(PageContext page, PictureGroup group, bool counted) => string.Join(
        " · ", new[] { counted ? Count(page, group.Pictures) : null, group.Tags.Count > 0 ? Days(page, group) : null, counted && group.Place is { } place ? page.Place(place) : null }.OfType<string>());

    private static string? Days(PageContext page, PictureGroup group) => group is not { From: { } from, To: { } to } ? null
        : from.Date == to.Date ? Day(page, from) : $"{Day(page, from)} – {Day(page, to)}";

    private static string Day(PageContext page, DateTime time) => time.ToString(page.Text.DayFormat, page.Culture);

    private static string Count(PageContext page, int pictures) => pictures == 1 ? page.Text.OnePicture : page.Format(page.Text.Pictures, page.Number(pictures));
}
