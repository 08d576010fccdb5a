using CsCheck;

namespace Pictor.Tests;

public sealed class NearestWordTests
{
    [Theory]
    [InlineData("trian", "train")]
    [InlineData("cta", "cat")]
    [InlineData("SERVE", "serve")]
    public void Of_SlightlyWrongWord_FindsTheRightOne(string typed, string expected) =>
        Assert.Equal(expected, NearestWord.Of(typed, ["serve", "train", "cat", "evaluate"]));

    [Fact]
    public void Of_NothingAlike_IsSilent() => Assert.Null(NearestWord.Of("xyzzyq", ["train", "serve"]));

    [Fact]
    public void Of_AnyCandidateWithItself_FindsIt() =>
        Gen.String[Gen.Char['a', 'z'], 1, 12].Sample(word => NearestWord.Of(word, ["#########", word]) == word);
}
