using Microsoft.AspNetCore.Http;
using Pictor.Imaging;
using Pictor.Library;
using Pictor.Library.Duplicates;
using Pictor.Server.Bodies;
using Pictor.Server.Images;
using Pictor.Server.Jobs;
using Pictor.Server.Recommendations;
using Pictor.Server.Search;

namespace Pictor.Server.Pages;

/// <summary>From an address to what its page shows. The pages ask the library the same questions that REST does.</summary>
internal sealed partial class PageBuilder(PictureLibrary library, PageRenderer renderer, IntakeGate gate, JobQueue jobs)
{
    /// <summary>What is drawn at once; the script lays out the rest. Without it, a page.</summary>
    private const int PageSize = 60;
    private const int StripSize = 18;
    private const int GroupsAtOnce = 50;
    private const int MostExamples = 200;

    public async Task<IResult> GridAsync(PageContext page, ViewQuestion view, string? cursor, CancellationToken cancellationToken)
    {
        LibrarySummary summary = library.Summarize();
        if (view.Words is { } q)
        {
            Page<Hit> hits = await library.FindAsync(new(q) { IncludeWeaker = view.IncludesWeaker }, page.Tiles, cursor, cancellationToken);
            return await HitsAsync(page, summary, HeadingFor(page, q), hits, null, null, Source(("q", q)) + (view.IncludesWeaker ? "&weaker=1" : ""));
        }

        if (view.Similar is { Length: > 0 } similar)
        {
            var example = new Tile(library.GetOrThrow(similar));
            return await HitsAsync(page, summary, page.Format(page.Text.SimilarTo, example.Name), library.Similar(similar, page.Tiles, cursor), example, null, Source(("similar", similar)));
        }

        if (view.Collection is { Length: > 0 } collection)
            return await CollectionAsync(page, summary, collection, cursor, cancellationToken);
        if (view.Group is { Length: > 0 })
            return await GroupAsync(page, summary, view, cursor, cancellationToken);
        string? tag = view.OneTag;
        Page<PictureItem> pictures = library.List(page.Tiles, cursor, new PictureFilter(tag));
        return await PicturesAsync(page, summary, tag is null ? null : page.Format(page.Text.TaggedWith, NamesFor(page)(tag)), pictures, tag is null ? "" : Source(("tag", tag)), model => model with { Tag = tag });
    }

    /// <summary>Search by a picture sent along. One that is in the library has an address of its own to show its likes at.</summary>
    public async Task<IResult> SearchAsync(PageContext page, FilePart file, CancellationToken cancellationToken)
    {
        if (library.Get(ContentHash.IdOf(file.Content.Span)) is { } known)
            return new SeeOther($"/?similar={known.Id}");

        Pixels pixels = PictureReader.Decode(file.Content, file.NameOrDefault, new DecodeOptions { ShortSideAtLeast = 128 });
        string source = "data:image/jpeg;base64," + Convert.ToBase64String(PictureWriter.Jpeg(Resizer.Fit(pixels, 256)));
        Page<Hit> hits = await SearchEndpoint.FindAsync(new SearchRequest(Limit: PageSize), file, library, gate, cancellationToken);
        return await HitsAsync(page, library.Summarize(), page.Format(page.Text.SimilarToUpload, file.NameOrDefault), hits with { NextCursor = null }, null, source, null);
    }

    public Task<IResult> PictureAsync(PageContext page, string id)
    {
        PictureItem item = library.GetOrThrow(id);
        // Without a model there is nothing to compare with; the viewer then says so in place of the strip.
        Tile[] similar = library.Models.List().Any(model => model is { Active: true, EmbeddingLength: > 0 })
            ? [.. library.Similar(item.Id, StripSize).Items.Select(hit => Tile.Of(library, hit))]
            : [];
        return renderer.RenderAsync<PicturePage>(page, new PictureModel(new Tile(item), library.Annotations(item.Id), similar, library.Summarize().Tags)
        {
            Facts = library.Facts(item.Id),
            Called = NamesFor(page),
            Other = OtherModel(page, item.Id),
        });
    }

    public async Task<IResult> RecommendAsync(PageContext page, string? like, string? dislike, CancellationToken cancellationToken)
    {
        Tile[] liked = Examples(like), disliked = Examples(dislike);
        Tile[] tiles = [];
        if (liked.Length > 0)
        {
            Page<Hit> hits = await library.RecommendAsync(
                RecommendationEndpoint.Examples(library, [.. liked.Select(tile => tile.Picture.Id)]),
                RecommendationEndpoint.Examples(library, [.. disliked.Select(tile => tile.Picture.Id)]), 60, cancellationToken);
            tiles = [.. hits.Items.Select(hit => Tile.Of(library, hit))];
        }

        return await renderer.RenderAsync<RecommendPage>(page, new RecommendModel(liked, disliked, tiles));
    }

    public Task<IResult> ModelsAsync(PageContext page) => renderer.RenderAsync<ModelsPage>(page, library.Models.List());

    public Task<IResult> DuplicatesAsync(PageContext page, string? tier, string? cursor)
    {
        DuplicateTier? one = DuplicateTiers.Parse(tier);
        return renderer.RenderAsync<DuplicatesPage>(page, new DuplicatesModel(library.Duplicates(one, GroupsAtOnce, cursor), one, library.DuplicatesAreCurrent, library.DuplicatesWereSought));
    }

    public Task<IResult> JobsAsync(PageContext page) => renderer.RenderAsync<JobsPage>(page, jobs.List().Select(JobView.Of).ToArray());

    private Task<IResult> PicturesAsync(PageContext page, LibrarySummary summary, string? heading, Page<PictureItem> pictures, string source, Func<GridModel, GridModel> with)
    {
        string? next = pictures.NextCursor is { } more ? page.With(("cursor", more)) : null;
        Tile[] tiles = FirstScreen.Embed(library, page, pictures.Items.Select(item => new Tile(item)));
        return renderer.RenderAsync<GridPage>(page, with(new GridModel(summary, heading, tiles, next, pictures.Total) { ModelIsSilent = library.IsModelSilent, Collections = library.Collections(), Called = NamesFor(page), Source = source }));
    }

    private Task<IResult> HitsAsync(PageContext page, LibrarySummary summary, string heading, Page<Hit> hits, Tile? example, string? exampleSource, string? question)
    {
        string? next = hits.NextCursor is { } more ? page.With(("cursor", more)) : null;
        Tile[] tiles = FirstScreen.Embed(library, page, hits.Items.Select(hit => Tile.Of(library, hit)));
        return renderer.RenderAsync<GridPage>(
            page, new GridModel(summary, heading, tiles, next, hits.Total) { Weaker = hits.Weaker ?? 0, ModelIsSilent = library.IsModelSilent, Collections = library.Collections(), Example = example, ExampleSource = exampleSource, Called = NamesFor(page), Source = question });
    }

    // Filters stand beside the heading as chips.
    private static string HeadingFor(PageContext page, string q)
    {
        string words = string.Join(' ', QueryWords.Of(q).Where(word => !QueryWords.IsFilter(word)));
        return words.Length > 0 ? page.Format(page.Text.ResultsFor, words) : page.Text.AllPictures;
    }

    private static string Source((string Name, string Value) question) => $"{question.Name}={Uri.EscapeDataString(question.Value)}";

    private Func<string, string> NamesFor(PageContext page) => page.Text.Language.StartsWith("zh", StringComparison.Ordinal) ? library.ChineseName : tag => tag;

    // Ids come from an address that may be old: those that are gone are left out.
    private Tile[] Examples(string? ids) =>
        [.. (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).Take(MostExamples).Select(library.Get).OfType<PictureItem>().Select(item => new Tile(item))];

    private sealed class SeeOther(string to) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = to;
            return Task.CompletedTask;
        }
    }
}
