using Pictor.Models.Words;

namespace Pictor.Models.Tests.Words;

public sealed class VocabularyTests
{
    private static readonly Vocabulary s_words = Vocabulary.Shipped;

    [Fact]
    public void Shipped_Concepts_HaveChineseAndLeadUpwardsWithoutCircles()
    {
        Assert.True(s_words.Concepts.Count > 300);
        Assert.All(s_words.Concepts, c =>
        {
            Assert.True(c.Chinese.Any(ch => ch >= 0x2E80), c.Id);
            Assert.DoesNotContain(c.Id, s_words.BroaderChain(c.Id));
            Assert.All(c.Broader, b => Assert.NotNull(s_words.Find(b)));
        });
        Assert.All(s_words.Concepts.Where(c => c.Id[0] == 'n' && c.Id.Length == 9), c => Assert.NotEmpty(c.Broader)); // every class is found by a broader word
    }

    [Fact]
    public void Shipped_Words_NameOneThingUnlessThereIsAReason()
    {
        var names = s_words.Concepts.SelectMany(c => new[] { c.English, c.Chinese }.Select(w => (Key: WordKey.Of(w), c.Id))).ToLookup(p => p.Key, p => p.Id);
        Assert.DoesNotContain(names, g => g.Count() > 1);

        // Two things of one family, or a word that has two meanings (lab, vessel).
        string[] twofold = ["菜", "车", "vessel", "栅栏", "scenery", "背包", "lab", "citrus", "stocking", "猩猩", "桶"];
        var synonyms = s_words.Concepts.SelectMany(c => c.Synonyms.Select(w => (Key: WordKey.Of(w), c.Id))).ToLookup(p => p.Key, p => p.Id);
        Assert.Equal(twofold.Order(StringComparer.Ordinal), synonyms.Where(g => g.Distinct().Count() > 1).Select(g => g.Key).Order(StringComparer.Ordinal));

        // The name of one is a synonym of its own broader concept, or of what is nearly the same.
        string[] ofBoth = ["牛", "dish", "餐桌", "高山"];
        Assert.Equal(ofBoth.Order(StringComparer.Ordinal), names.Where(g => synonyms[g.Key].Except(g).Any()).Select(g => g.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Named_NameBeforeSynonym_AnyCaseAndWidth()
    {
        Assert.Equal("dog", Assert.Single(s_words.Named("ＤＯＧＳ")).Id);
        Assert.Equal("dog", Assert.Single(s_words.Named("小狗")).Id);
        Assert.Equal("n03201208", Assert.Single(s_words.Named("餐桌")).Id);
        Assert.Equal(2, s_words.Named("车").Count());
        Assert.Empty(s_words.Named("dogged"));
    }

    [Fact]
    public void Graph_NarrowerAndBroader_AreTransitive()
    {
        Assert.Empty("retriever|n02085620|n02099601".Split('|').Except(s_words.Narrower("animal")));
        Assert.DoesNotContain("animal", s_words.Narrower("animal"));
        Assert.Empty(s_words.Narrower("n02085620"));
        Assert.Empty(s_words.Narrower("no such"));
        IReadOnlyList<string> chain = s_words.BroaderChain("n02085620");
        Assert.Equal("hound-like-toy", chain[0]);
        Assert.Equal("dog", chain[1]);
        Assert.Contains("animal", chain);
    }

    [Fact]
    public void Parse_Faults_AreToldTogetherWithTheirLines()
    {
        const string Text = """
            # comment
            dog;dog;狗;pup|犬;animl
            animal;animal;动物;;
            dog;hound;猎犬;;
            cat;cat;猫
            ;x;甲;;
            bird;bird;;;
            """;

        var e = Assert.Throws<InputException>(() => Vocabulary.Parse(Text, "my.txt"));

        Assert.Equal(("words.invalid", "my.txt"), (e.Code, e.Subject));
        foreach (string part in new[] { "line 2: the broader id 'animl' is unknown; did you mean 'animal'", "line 4: the id 'dog' stands in line 2", "line 5 has 3 columns", "line 6 has no id", "line 7 has no Chinese name" })
            Assert.Contains(part, e.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Circles_AreRefused()
    {
        var e = Assert.Throws<InputException>(() => Vocabulary.Parse("a;a;甲;;b\nb;b;乙;;c\nc;c;丙;;b|a\n", "x"));
        Assert.Contains("broader than itself (b < c < b)", e.Problem, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => Vocabulary.Parse("a;a;甲;;a\n", "x"));
        Assert.Single(Vocabulary.Parse("a;a;甲;;\r\n\r\n", "x").Concepts);
    }
}
