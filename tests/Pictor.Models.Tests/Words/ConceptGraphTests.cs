using Pictor.Models.Words;

namespace Pictor.Models.Tests.Words;

public sealed class ConceptGraphTests
{
    private static ConceptGraph Graph(params Label[] labels) => new(Vocabulary.Shipped, labels);

    [Fact]
    public void Labels_OfWordNetIds_GetChineseSynonymsAndBroaderAndKeepTheirName()
    {
        ConceptGraph graph = Graph(new Label("n02085620", "Taco dog") { Synonyms = ["mine"], Broader = ["my-dogs"] }, new Label("n01443537", "goldfish", "我的金鱼"));

        Label dog = graph.Labels[0];
        Assert.Equal(("Taco dog", "吉娃娃"), (dog.Name, dog.Chinese));
        Assert.Empty("mine|Chihuahua|奇瓦瓦".Split('|').Except(dog.Synonyms));
        Assert.Equal(["my-dogs", "hound-like-toy"], dog.Broader);
        Assert.Equal("我的金鱼", graph.Labels[1].Chinese);
        foreach (string word in new[] { "taco dog", "吉娃娃", "奇瓦瓦", "toy dog", "dog", "狗", "pet", "my-dogs", "mammal" })
            Assert.Contains(0, graph.Meaning(word)!.Classes);
        Assert.Equal([0, 1], graph.Meaning("宠物")!.Classes);
        Assert.Equal([1], graph.Meaning("fish")!.Classes);
    }

    [Fact]
    public void Labels_OfOtherIds_AreJoinedByNameButNeverAcrossWordNetIds()
    {
        ConceptGraph graph = Graph(
            new Label("3", "cat"), new Label("4", "Automobile"), new Label("dog", "dog"), new Label("n02012849", "crane"), new Label("x", "vehicle of mine") { Broader = ["4"] });

        Assert.Equal([0, 2], graph.Meaning("pet")!.Classes);
        Assert.Equal("猫", graph.Labels[0].Chinese);
        Assert.Null(graph.Labels[1].Chinese); // one of the words for cars is not called by their name
        Assert.Equal([1, 4], graph.Meaning("vehicle")!.Classes);
        Assert.DoesNotContain(3, graph.Meaning("tool")!.Classes);
        Assert.Contains(3, graph.Meaning("crane")!.Classes);
        Assert.Equal([2], graph.MeaningOfId("dog")!.Classes);
    }

    [Fact]
    public void Meaning_WordsOfPeople_LeaveOutNamesOfOtherThings()
    {
        ConceptMeaning dog = Graph().Meaning("dog")!;

        Assert.Equal("dog", dog.Name);
        Assert.Empty(dog.Classes);
        Assert.Empty("吉娃娃|puppy|golden retriever|金毛".Split('|').Except(dog.Words));
        Assert.Contains("lab", dog.Words);

        // 餐桌 is a synonym of table and the name of the dining table, which is a table too; 牛 is the cattle's own name and does not mean the ox.
        Assert.Contains("餐桌", Graph().Meaning("table")!.Words);
        Assert.DoesNotContain("牛", Graph().Meaning("ox")!.Words);
        Assert.Null(Graph().Meaning("quux"));
        Assert.Null(Graph().MeaningOfId("quux"));
    }

    [Fact]
    public void Graph_PackageWithACircle_Ends()
    {
        ConceptGraph graph = Graph(new Label("a", "aa") { Broader = ["b"] }, new Label("b", "bb") { Broader = ["a", "b"] });

        Assert.Equal([0, 1], graph.Meaning("aa")!.Classes);
        Assert.Equal([0, 1], graph.Meaning("bb")!.Classes);
    }
}
