namespace Pictor.VectorSearch.Tests;

public sealed class FlatIndexInputTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void SetAndSearch_NumberThatIsNotFinite_IsRefused(float value)
    {
        using var index = new FlatIndex(3);
        index.Set(1, [1, 0, 0]);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => index.Set(1, [0, value, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.Search([value, 0, 1], 1));
        Assert.False(FlatIndex.CanHold([1, value]));
        Assert.Equal(1f, index.Search([1, 0, 0], 1)[0].Score);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-13f)]
    [InlineData(1e30f)]
    public void SetAndSearch_VectorWithoutDirection_IsRefused(float value)
    {
        using var index = new FlatIndex(2);
        Assert.Throws<ArgumentException>(() => index.Set(1, [value, 0]));
        Assert.Throws<ArgumentException>(() => index.Search([0, value], 1));
        Assert.False(FlatIndex.CanHold([value, 0]));
        Assert.Equal(0, index.Count);
    }

    [Fact]
    public void SetAndSearch_WrongLength_NamesBoth()
    {
        using var index = new FlatIndex(3);
        Assert.Contains("2 numbers", Assert.Throws<ArgumentException>(() => index.Set(1, [1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.Search([1, 2, 3, 4], 1));
        Assert.Throws<ArgumentException>(() => index.Search([], 1));
        index.Set(1, [1, 2, 3]);
        Assert.Throws<ArgumentException>(() => index.TryGet(1, new float[2]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(FlatIndex.MaxDimensions + 1)]
    public void Construct_ImpossibleDimensions_IsRefused(int dimensions) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlatIndex(dimensions));

    [Fact]
    public void Search_Count_MayExceedWhatIsHeldButNotBeNegative()
    {
        using var index = new FlatIndex(2);
        Assert.Empty(index.Search([1, 0], int.MaxValue));
        index.Set(4, [1, 0]);
        Assert.Single(index.Search([1, 0], int.MaxValue));
        Assert.Empty(index.Search([1, 0], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search([1, 0], -1));
    }
}
