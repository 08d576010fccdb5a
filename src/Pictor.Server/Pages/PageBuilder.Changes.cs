using Microsoft.AspNetCore.Http;
using Pictor.Library;
using Pictor.Server.Jobs;

namespace Pictor.Server.Pages;

// What another model would change, before it is switched to.
internal sealed partial class PageBuilder
{
    public async Task<IResult> ChangesAsync(PageContext page, string? to, string? tag)
    {
        if (string.IsNullOrWhiteSpace(to))
            return new SeeOther("/models");
        ModelItem model = library.Models.Get(to);
        string exact = $"{model.Name}@{model.Version}";
        bool reads = jobs.List().Any(job => job is { Kind: "prepare", Status: JobStatus.Queued or JobStatus.Running });
        tag = string.IsNullOrWhiteSpace(tag) ? null : tag;
        if (model.Active)
            return await renderer.RenderAsync<ChangesPage>(page, new ChangesModel(exact, null, [], 0) { CanRollBack = library.Models.List().Count > 1 });

        ModelChanges changes = library.CompareModels(exact, limit: 1);
        IReadOnlyList<PictureChanges> pictures = changes.Total == 0 ? [] : library.ChangesWith(exact, tag);
        Tile[] tiles = [.. pictures.Take(PageSize).Select(picture => library.Get(picture.Id) is { } item ? new Tile(item) { Changes = picture.Changes } : null).OfType<Tile>()];
        return await renderer.RenderAsync<ChangesPage>(page, new ChangesModel(exact, changes, tiles, pictures.Count) { Tag = tag, Called = NamesFor(page), IsBeingRead = reads });
    }

    /// <summary>For a picture that was opened from such a review.</summary>
    private (string Model, IReadOnlyList<TagChange> Changes)? OtherModel(PageContext page, string id)
    {
        if (page.Changes is not { } model)
            return null;
        try
        {
            return (model, library.ChangesWith(model, id: id).SelectMany(picture => picture.Changes).ToList());
        }
        catch (InputException)
        {
            return null; // switched to or removed since
        }
    }
}
