using Pictor.Library.Finding;

namespace Pictor.Library.Tests.Finding;

public sealed class LeadingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sort_AnyListAndCount_PutsTheFirstOfTheWholeOrderFirst(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 300; round++)
        {
            int length = random.Next(0, 200), count = random.Next(0, 220), different = random.Next(1, 100);
            int[] all = [.. Enumerable.Range(0, length).Select(_ => random.Next(different))];
            if (round % 3 == 0)
                Array.Sort(all);
            int[] expected = [.. all.Order().Take(count)], before = [.. all.Order()];

            Leading.Sort(all, count, (a, b) => a.CompareTo(b));

            Assert.Equal(expected, all.Take(count));
            Assert.Equal(before, all.Order());
        }
    }
}
