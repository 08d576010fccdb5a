namespace Pictor.Library.Tests.Correcting;

public sealed class LookalikeTests
{
    [Fact]
    public async Task Lookalikes_AfterARejection_CarryTheTagByTheModelAndAreTheNearest()
    {
        using var place = new Place();
        place.MakePictures(40);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        string tag = library.Tags()[0].Value;
        string[] carriers = [.. library.List(filter: new PictureFilter(tag)).Items.Select(i => i.Id)];
        string id = carriers[0], confirmed = carriers[1], other = carriers[2];
        await library.AnnotateAsync(confirmed, AnnotationKind.Tag, tag, null, "ann");
        await library.RejectTagAsync(other, tag, "ann");

        await library.RejectTagAsync(id, tag, "ann");
        Page<Hit> alike = library.Lookalikes(id, tag);

        string[] expected = [.. library.Similar(id, 1000).Items.Select(h => h.Id).Where(carriers.Except([id, confirmed, other]).Contains)];
        Assert.Equal(expected, alike.Items.Select(h => h.Id)); // below 64 pictures nothing is called chance
        Assert.Equal(expected.Length, alike.Total);
        Assert.Empty(library.Lookalikes(id, "nobody says this").Items);
    }
}
