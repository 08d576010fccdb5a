using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Tests.Words;

public sealed class ConceptSearchTests
{
    [Theory]
    [InlineData("dog")]
    [InlineData("Dogs")]
    [InlineData("狗")]
    [InlineData("小狗")]
    [InlineData("animal")]
    [InlineData("动物")]
    [InlineData("宠物")]
    [InlineData("beagle")]
    [InlineData("比格犬")]
    public async Task Find_WordAboveAClass_FindsThePicture(string word)
    {
        using var place = new Place();
        await using PictureLibrary library = await OpenAsync(place);
        string beagle = await AddAsync(library, Kennel.Picture(beagle: 0.9));
        string other = await AddAsync(library, Kennel.Picture());

        Hit hit = Assert.Single((await FindAsync(library, word)).Items);

        Assert.Equal(beagle, hit.Id);
        Assert.NotEqual(other, hit.Id);
        Assert.InRange(hit.Score, 0.85, 0.95);
    }

    [Theory]
    [InlineData("cat")]
    [InlineData("猫")]
    public async Task Find_WordInsideOtherNames_FindsSomeonesOwnAndNotWhatIsKnownAsSomethingElse(string word)
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        Label[] labels = [new("n02509815", "red panda", "小熊猫"), new("mine", "cat food", "猫粮"), new("n02124075", "Egyptian cat", "埃及猫"), new("nothing", "nothing at all"), new("boat", "catamaran")];
        await library.Models.AddAsync(Kennel.Package(place, labels: labels));
        await AddAsync(library, Kennel.Picture(beagle: 0.9));
        string food = await AddAsync(library, Kennel.Picture(chihuahua: 0.9));
        string cat = await AddAsync(library, Kennel.Picture(goldfish: 0.9));

        Assert.Equal([cat, food], (await FindAsync(library, word)).Items.Select(h => h.Id));
    }

    [Theory]
    [InlineData("beagle", "比格犬")]
    [InlineData("Dog", "狗")]
    [InlineData("my own word", "my own word")]
    public async Task ChineseName_OfTheModelsLabels_ComesBeforeTheShippedWords(string tag, string expected)
    {
        using var place = new Place();
        await using PictureLibrary library = await OpenAsync(place);
        Assert.Equal(expected, library.ChineseName(tag));
    }

    [Fact]
    public async Task Find_TwoBreedsInDoubt_AreADogAndNeitherBreed()
    {
        using var place = new Place();
        await using PictureLibrary library = await OpenAsync(place);
        string doubtful = await AddAsync(library, Kennel.Picture(beagle: 0.3, chihuahua: 0.3));
        string fish = await AddAsync(library, Kennel.Picture(goldfish: 0.8, beagle: 0.1));

        Hit dog = Assert.Single((await FindAsync(library, "dog")).Items);
        Page<Hit> animals = await FindAsync(library, "animal");

        Assert.Equal(doubtful, dog.Id);
        Assert.InRange(dog.Score, 0.57, 0.63);
        Assert.Equal(("concept", "dog"), (dog.Reasons[0].Kind, dog.Reasons[0].Value));
        Assert.Empty(library.Annotations(doubtful));
        Assert.Empty((await FindAsync(library, "beagle")).Items);
        Assert.Empty((await FindAsync(library, "吉娃娃")).Items);
        Assert.Equal([fish, doubtful], animals.Items.Select(h => h.Id));
        Assert.Equal([fish], (await FindAsync(library, "animal -dog")).Items.Select(h => h.Id));
    }

    [Fact]
    public async Task Find_SeveralLabelsAtOnce_CountTheSurestAndDoNotAddUp()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        await library.Models.AddAsync(Kennel.Package(place, multiLabel: true));
        await AddAsync(library, Kennel.Picture(beagle: 0.3, chihuahua: 0.3));
        string sure = await AddAsync(library, Kennel.Picture(beagle: 0.45, chihuahua: 0.3));

        Hit dog = Assert.Single((await FindAsync(library, "dog")).Items);

        Assert.Equal(sure, dog.Id);
        Assert.InRange(dog.Score, 0.42, 0.48);
    }

    [Fact]
    public async Task Reject_AClass_TakesItsShareFromTheSumAndOutlivesReRuns()
    {
        using var place = new Place();
        await using PictureLibrary library = await OpenAsync(place);
        string one = await AddAsync(library, Kennel.Picture(beagle: 0.6, chihuahua: 0.1)), two = await AddAsync(library, Kennel.Picture(beagle: 0.5, chihuahua: 0.45));
        Assert.Equal(2, (await FindAsync(library, "dog")).Total);

        Assert.True(await library.RejectAsync(one, library.Annotations(one)[0].Id, "ann"));
        Assert.True(await library.RejectTagAsync(two, "比格犬", "ann"));

        Hit left = Assert.Single((await FindAsync(library, "dog")).Items);
        Assert.Equal(two, left.Id);
        Assert.InRange(left.Score, 0.42, 0.48);
        Assert.Empty((await FindAsync(library, "beagle")).Items);
    }

    [Fact]
    public async Task Reject_ABroaderWord_RemovesThePictureForItAndAllBelow()
    {
        using var place = new Place();
        await using PictureLibrary library = await OpenAsync(place);
        string id = await AddAsync(library, Kennel.Picture(beagle: 0.9));

        Assert.True(await library.RejectTagAsync(id, "狗", "ann"));
        Assert.False(await library.RejectTagAsync("0000000000000000", "dog", "ann"));

        Assert.Empty((await FindAsync(library, "dog")).Items);
        Assert.Empty((await FindAsync(library, "animal")).Items);
        Assert.True(Assert.Single(library.Annotations(id), a => a.Value == "狗").Rejected);

        await library.AnnotateAsync(id, AnnotationKind.Tag, "狗", null, "ann");
        Assert.Single((await FindAsync(library, "dog")).Items);
    }

    [Fact]
    public async Task Find_TagsOfPeople_CountForBroaderWords()
    {
        using var place = new Place();
        await using PictureLibrary library = await OpenAsync(place);
        string english = await AddAsync(library, Kennel.Picture(mark: 1)), chinese = await AddAsync(library, Kennel.Picture(mark: 2));
        await library.AnnotateAsync(english, AnnotationKind.Tag, "Beagle", null, "ann");
        await library.AnnotateAsync(chinese, AnnotationKind.Tag, "比格犬", null, "ann");

        Assert.Equal(2, (await FindAsync(library, "dog")).Total);
        Assert.Equal(2, (await FindAsync(library, "动物")).Total);
        Assert.Empty((await FindAsync(library, "cat")).Items);
    }

    [Fact]
    public async Task Find_WithoutAnyModel_StillKnowsTheShippedWords()
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        string id = await AddAsync(library, Kennel.Picture());
        await library.AnnotateAsync(id, AnnotationKind.Tag, "金毛", null, "ann");

        Assert.Equal([id], (await FindAsync(library, "dog")).Items.Select(h => h.Id));
        Assert.Equal([id], (await FindAsync(library, "mammal")).Items.Select(h => h.Id));
    }

    [Fact]
    public async Task Find_AfterChanges_FollowsThem()
    {
        using var place = new Place();
        await using PictureLibrary library = await OpenAsync(place);
        string first = await AddAsync(library, Kennel.Picture(beagle: 0.4, chihuahua: 0.2));
        Assert.Equal(1, (await FindAsync(library, "dog")).Total);

        string second = await AddAsync(library, Kennel.Picture(beagle: 0.2, chihuahua: 0.4));
        Assert.Equal(2, (await FindAsync(library, "dog")).Total);
        await library.HideAsync(first, "ann");
        Assert.Equal([second], (await FindAsync(library, "dog")).Items.Select(h => h.Id));
        await library.UnhideAsync(first, "ann");
        Assert.Equal(2, (await FindAsync(library, "dog")).Total);

        // Another model has its own opinions, and the first one's are back when it is.
        await library.Models.AddAsync(place.Package());
        await library.Models.UseAsync("net");
        Assert.Equal(0, (await FindAsync(library, "dog")).Total);
        await library.Models.UseAsync("kennel");
        Assert.Equal(2, (await FindAsync(library, "dog")).Total);
    }

    [Fact]
    public async Task Find_PictureIndexedBeforeProbabilitiesWereKept_IsFoundByItsTags()
    {
        using var place = new Place();
        string tagged, silent;
        await using (PictureLibrary library = await OpenAsync(place))
        {
            tagged = await AddAsync(library, Kennel.Picture(beagle: 0.9));
            silent = await AddAsync(library, Kennel.Picture(beagle: 0.3, chihuahua: 0.3));
        }

        Keeping.OldCatalogue.Make(place.Library, version: 1);

        await using PictureLibrary again = await place.OpenAsync();

        Assert.True(File.Exists(place[place.Library, "catalogue.db.schema-1"]));
        Hit hit = Assert.Single((await FindAsync(again, "dog")).Items);
        Assert.Equal((tagged, "concept"), (hit.Id, hit.Reasons[0].Kind));
        Assert.Empty(again.Facts(silent));
        using var check = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Mode=ReadOnly;Pooling=False");
        check.Open();
        Assert.Equal(Schema.Current, check.ExecuteScalar<int>("PRAGMA user_version"));
    }

    private static async Task<PictureLibrary> OpenAsync(Place place)
    {
        PictureLibrary library = await place.OpenAsync();
        await library.Models.AddAsync(Kennel.Package(place));
        return library;
    }

    private static async Task<string> AddAsync(PictureLibrary library, byte[] picture) => (await library.AddAsync("x.png", picture)).Id!;

    private static Task<Page<Hit>> FindAsync(PictureLibrary library, string text) => library.FindAsync(new PictureQuery(text, null));
}
