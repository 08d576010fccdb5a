using Pictor.Library;
using Pictor.Server.Pages;

namespace Pictor.Server.Tests;

/// <summary>The side bar of a library with many tags of a picture each.</summary>
public sealed class TagGroupTests
{
    [Fact]
    public void Of_ManyTags_ShowsTheTopAndPutsTheTailBehindBroaderWords()
    {
        string[] animals = ["dog", "cat", "bear", "monkey", "sheep"];
        TagCount[] tags = [.. Enumerable.Range(0, TagGroups.Top).Select(i => new TagCount($"mine {i}", 99 - i)), .. animals.Select(animal => new TagCount(animal, 2)), new("pizza", 1), new("my own word", 1)];
        IReadOnlyList<TagGroup> groups = TagGroups.Of(tags);

        Assert.Null(groups[0].Name);
        Assert.Equal(tags.Take(TagGroups.Top), groups[0].Tags.Take(TagGroups.Top));
        TagGroup animal = Assert.Single(groups, group => group.Name == "animal");
        Assert.Equal(animals, animal.Tags.Select(tag => tag.Value));
        Assert.Contains(groups[0].Tags, tag => tag.Value == "pizza"); // a group of one says less than the word itself
        Assert.Contains(groups[0].Tags, tag => tag.Value == "my own word");
        Assert.Equal(tags.OrderBy(tag => tag.Value, StringComparer.Ordinal), groups.SelectMany(group => group.Tags).OrderBy(tag => tag.Value, StringComparer.Ordinal));
    }

    [Fact]
    public void Of_FewTags_IsOneList() => Assert.Equal(["a", "b"], Assert.Single(TagGroups.Of([new("a", 2), new("b", 1)])).Tags.Select(tag => tag.Value));

    [Theory]
    [InlineData("tag:dog", true)]
    [InlineData("-colour:red", true)]
    [InlineData("标签:狗", true)]
    [InlineData("dog", false)]
    [InlineData("12:30", false)]
    [InlineData("http://x", false)]
    [InlineData("tag:", false)]
    [InlineData(":dog", false)]
    [InlineData("-", false)]
    public void IsFilter_Words_AreToldApart(string word, bool expected) => Assert.Equal(expected, QueryWords.IsFilter(word));

    [Fact]
    public void Words_OfAQuestion_StayTogetherInQuotationMarks() =>
        Assert.Equal(["a", "tag:\"b c\"", "-\"d e\"", "\"open"], QueryWords.Of(" a  tag:\"b c\" -\"d e\" \"open"));
}
