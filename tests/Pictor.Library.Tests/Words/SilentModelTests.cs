namespace Pictor.Library.Tests.Words;

public sealed class SilentModelTests
{
    [Fact]
    public async Task IsModelSilent_MostPicturesWithoutATag_IsSaid()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        Assert.False(library.IsModelSilent);
        await library.Models.AddAsync(Kennel.Package(place));
        for (byte i = 0; i < 19; i++)
            await library.AddAsync("x.png", Kennel.Picture(beagle: 0.4, goldfish: 0.35, mark: i));
        Assert.False(library.IsModelSilent); // too few to say so

        string last = (await library.AddAsync("x.png", Kennel.Picture(beagle: 0.4, goldfish: 0.35, mark: 19))).Id!;
        Assert.True(library.IsModelSilent);
        await library.AnnotateAsync(last, AnnotationKind.Tag, "beagle", null, "ann"); // what people say does not make the model talk
        Assert.True(library.IsModelSilent);

        for (byte i = 0; i < 20; i++)
            await library.AddAsync("x.png", Kennel.Picture(beagle: 0.9, mark: i));
        Assert.False(library.IsModelSilent);
    }
}
