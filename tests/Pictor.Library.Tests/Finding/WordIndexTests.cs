using CsCheck;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding;

namespace Pictor.Library.Tests.Finding;

public sealed class WordIndexTests
{
    /// <summary>Porter's stems, by his own examples; each pair has one stem.</summary>
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("cats", "cat")]
    [InlineData("plastered", "plaster")]
    [InlineData("motoring", "motor")]
    [InlineData("hopping", "hop")]
    [InlineData("falling", "fall")]
    [InlineData("happily", "happili")]
    [InlineData("relational", "relate")]
    [InlineData("beaches", "beach")]
    public void Stem_OfEnglishWords_IsPorters(string word, string same)
    {
        using SqliteConnection connection = Memory();
        connection.Execute("INSERT INTO text_words (rowid, words) VALUES (1, @words)", new { words = WordText.Of(word) });
        Assert.Equal([1L], connection.Query<long>("SELECT rowid FROM text_words WHERE text_words MATCH @match", new { match = WordText.Phrase(same) }));
    }

    [Theory]
    [InlineData("海边的日落", "海 边 的 日 落")]
    [InlineData("ＩＭＧ２０２３", "img 2023")]
    [InlineData("貓在長城", "猫 在 长 城")]
    [InlineData("café-au_lait", "café au lait")]
    [InlineData("猫cat3", "猫 cat 3")]
    [InlineData("𠮷野", "u20bb7x 野")]
    [InlineData("😀 ok", "u1f600x ok")]
    [InlineData("!?", "")]
    public void WordText_CutsAndFolds(string text, string expected) => Assert.Equal(expected, WordText.Of(text));

    /// <summary>Any part of a Chinese text is found by the index exactly when a plain search of the text finds it.</summary>
    [Fact]
    public void Phrase_OfAnyPart_FindsWhatAPlainScanFinds() => Gen.Select(Gen.String[Gen.Char["海边日落猫狗山水"], 1, 12].Array[1, 20], Gen.String[Gen.Char["海边日落猫狗山水"], 1, 3]).Sample((texts, part) =>
    {
        using SqliteConnection connection = Memory();
        for (int i = 0; i < texts.Length; i++)
            connection.Execute("INSERT INTO text_words (rowid, words) VALUES (@i, @words)", new { i, words = WordText.Of(texts[i]) });
        long[] found = [.. connection.Query<long>("SELECT rowid FROM text_words WHERE text_words MATCH @match ORDER BY rowid", new { match = WordText.Phrase(part) })];
        Assert.Equal(texts.Select((t, i) => (t, i)).Where(t => t.t.Contains(part, StringComparison.Ordinal)).Select(t => (long)t.i), found);
    }, iter: 100);

    [Fact]
    public async Task Words_OfALibraryOfSchema2_AreReadWhenItIsOpened()
    {
        using var place = new Place();
        place.MakePicture("BeachBall 長城.png", 1);
        string id;
        await using (PictureLibrary library = await place.OpenAsync())
        {
            await library.IndexAsync([place.Pictures]);
            id = library.List().Items[0].Id;
            await library.AnnotateAsync(id, AnnotationKind.Tag, "貓咪", null, "ann");
            await library.AnnotateAsync(id, AnnotationKind.Text, "hopping", null, "ann");
        }

        using (var connection = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Pooling=False"))
        {
            connection.Open();
            OlderCatalogue.WithoutWords(connection);
            connection.Execute("UPDATE annotations SET value_key = '貓咪' WHERE kind = 'tag'");
        }

        await using PictureLibrary again = await place.OpenAsync();
        foreach (string word in (string[])["ball", "beachball", "长城", "長", "猫咪", "貓", "hop"])
            Assert.Equal([id], (await again.FindAsync(new PictureQuery(word))).Items.Select(h => h.Id));
        Assert.True(File.Exists(place[place.Library, "catalogue.db.schema-2"]));
    }

    [Fact]
    public async Task Words_OfWhatIsTakenBackOrRenamed_AreNotFoundAnyMore()
    {
        using var place = new Place();
        string file = place.MakePicture("first.png", 1);
        await using PictureLibrary library = await place.OpenAsync();
        await library.IndexAsync([place.Pictures]);
        string id = library.List().Items[0].Id;
        AnnotationItem text = await library.AnnotateAsync(id, AnnotationKind.Caption, "a lonely tree", null, "ann");

        Assert.Single((await library.FindAsync(new PictureQuery("trees"))).Items);
        await library.RejectAsync(id, text.Id, "ann");
        Assert.Empty((await library.FindAsync(new PictureQuery("trees"))).Items);
        File.Move(file, Path.Combine(place.Pictures, "second.png"));
        await library.IndexAsync([place.Pictures]);
        Assert.Empty((await library.FindAsync(new PictureQuery("first"))).Items);
        Assert.Single((await library.FindAsync(new PictureQuery("second"))).Items);
    }

    private static SqliteConnection Memory()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (SchemaStep step in Schema.Steps)
            connection.Execute(step.Sql);
        return connection;
    }
}
