using CsCheck;
using Pictor.Models.Labels;

namespace Pictor.Models.Tests.Labels;

public sealed class LabelMatcherTests
{
    [Fact]
    public void Match_ById_BeatsNames()
    {
        Label[] data = [new("n1", "crane"), new("n2", "crane")];
        Label[] model = [new("n2", "crane"), new("n3", "other"), new("n1", "crane")];
        Assert.Equal([2, 0], LabelMatcher.Match(data, model));
    }

    [Fact]
    public void Match_ByNameThenSynonym_WhateverTheCase()
    {
        Label[] data = [new("Cat", "Cat"), new("puppy", "puppy"), new("mug", "mug"), new("猫头鹰", "猫头鹰")];
        Label[] model =
        [
            new("n9", "coffee mug") { Synonyms = ["MUG"] }, new("n8", "owl", "猫头鹰"), new("n7", "dog") { Synonyms = ["Puppy"] }, new("n6", "cat") { Synonyms = ["mug"] },
        ];
        // "mug" is a synonym of two, but one of them is taken by its name, so no choice is left.
        Assert.Equal([3, 2, 0, 1], LabelMatcher.Match(data, model));
    }

    [Fact]
    public void Match_FolderNamedByIdOrSynonymInData_IsFound()
    {
        Label[] data = [new("x1", "tabby") { Synonyms = ["cat"] }, new("N0001", "unknown")];
        Assert.Equal([1, 0], LabelMatcher.Match(data, [new("n0001", "dog"), new("n2", "cat")]));
    }

    [Fact]
    public void Match_Ambiguous_MatchesNothing()
    {
        Assert.Equal([-1], LabelMatcher.Match([new("d", "crane")], [new("a", "crane"), new("b", "crane")]));
        Assert.Equal([-1, -1], LabelMatcher.Match([new("d", "CRANE"), new("e", "Crane")], [new("a", "crane")]));
        Assert.Equal([-1, 0], LabelMatcher.Match([new("d", "CRANE"), new("e", "crane")], [new("a", "crane")]));
    }

    [Fact]
    public void Match_EqualPositionsOfOtherClasses_MatchNothing() =>
        Assert.Equal([-1, -1], LabelMatcher.Match([new("a", "x"), new("b", "y")], [new("c", "z"), new("d", "w")]));

    [Fact]
    public void Match_AnyOrder_GivesTheSamePairsAndNoClassTwice()
    {
        Gen<string> word = Gen.OneOf("a", "b", "c", "d", "A", "B");
        Gen<Label[]> labels = Gen.Select(Gen.OneOf("a", "b", "c", "d", "e", "f"), word, word.Array[0, 2], (id, name, synonyms) => new Label(id, name) { Synonyms = synonyms })
            .Array[0, 6].Select(all => all.DistinctBy(label => label.Id, StringComparer.Ordinal).ToArray());
        Gen.Select(labels, labels, Gen.Int).Sample((data, model, seed) =>
        {
            int[] match = LabelMatcher.Match(data, model);
            int[] used = [.. match.Where(m => m >= 0)];
            Assert.Equal(used.Length, used.Distinct().Count());
            Label[] shuffledData = [.. data], shuffledModel = [.. model];
            new Random(seed).Shuffle(shuffledData);
            new Random(seed + 1).Shuffle(shuffledModel);
            int[] again = LabelMatcher.Match(shuffledData, shuffledModel);
            for (int d = 0; d < data.Length; d++)
            {
                int m = again[Array.IndexOf(shuffledData, data[d])];
                Assert.Equal(match[d] < 0 ? null : model[match[d]], m < 0 ? null : shuffledModel[m]);
                if (model.FirstOrDefault(label => label.Id == data[d].Id) is { } same)
                    Assert.Same(same, match[d] < 0 ? null : model[match[d]]);
            }
        });
    }
}
