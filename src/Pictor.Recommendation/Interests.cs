using System.Numerics.Tensors;

namespace Pictor.Recommendation;

/// <summary>One of the things that someone likes.</summary>
/// <param name="Medoid">Position of the liked example that stands for it: the one nearest to the others.</param>
/// <param name="Members">Positions of the liked examples of this kind, ascending.</param>
public sealed record Interest(int Medoid, IReadOnlyList<int> Members);

/// <summary>
/// Divides what someone likes into interests. The mean of a cat and a car is neither, and what lies near it pleases nobody; a medoid is a picture that was really liked (PinnerSage: Pal et al.
/// 2020). Partitioning around medoids (Kaufman and Rousseeuw 1990) for each number of interests, and of these the division with the best silhouette.
/// </summary>
public static class Interests
{
    /// <summary>The most interests that are told apart.</summary>
    public const int Most = 5;

    /// <summary>More examples than this are not looked at; the last ones count, for tastes change.</summary>
    public const int MostExamples = 300;

    // A division must be plain; below this mean silhouette the examples are one interest.
    private const double LeastSilhouette = 0.08;
    // However plainly they part: what is as near as this looks the same.
    private const double LeastApart = 0.15;
    private const int MostRounds = 50;

    /// <summary>The interests, the largest first; together they hold every example that was looked at.</summary>
    /// <param name="liked">[n][dimensions], unit length; at least one.</param>
    /// <param name="most">How many at most, from 1.</param>
    /// <exception cref="ArgumentException">No example, or examples of unequal length.</exception>
    public static IReadOnlyList<Interest> Of(IReadOnlyList<float[]> liked, int most = Most)
    {
        ArgumentNullException.ThrowIfNull(liked);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (liked.Count == 0) throw new ArgumentException("There is no liked example.", nameof(liked));
        if (liked.Any(v => v.Length != liked[0].Length)) throw new ArgumentException("The examples have unequal lengths.", nameof(liked));
        int first = Math.Max(0, liked.Count - MostExamples), count = liked.Count - first;
        double[,] distance = Distances(liked, first, count);
        int[] best = Partition(distance, count, 1);
        double highest = LeastSilhouette;
        for (int k = 2; k <= Math.Min(most, count - 1); k++)
        {
            int[] medoids = Partition(distance, count, k);
            double silhouette = Silhouette(distance, count, medoids);
            if (silhouette > highest && Nearest(distance, medoids) >= LeastApart)
                (best, highest) = (medoids, silhouette);
        }

        // Two examples have no silhouette; unlike ones are two interests.
        if (count == 2 && most > 1 && distance[0, 1] > 0.5)
            best = [0, 1];
        int[] owner = Owners(distance, count, best);
        return
        [
            .. best.Select((medoid, k) => new Interest(first + medoid, [.. Enumerable.Range(0, count).Where(i => owner[i] == k).Select(i => first + i)]))
                .OrderByDescending(i => i.Members.Count).ThenBy(i => i.Medoid),
        ];
    }

    private static double[,] Distances(IReadOnlyList<float[]> liked, int first, int count)
    {
        var distance = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
                distance[i, j] = distance[j, i] = Math.Max(0, 1 - TensorPrimitives.Dot(liked[first + i], liked[first + j]));
        }

        return distance;
    }

    /// <summary>BUILD, then SWAP until nothing is gained.</summary>
    private static int[] Partition(double[,] distance, int count, int k)
    {
        var medoids = new List<int>(k);
        while (medoids.Count < k)
            medoids.Add(Enumerable.Range(0, count).Where(i => !medoids.Contains(i)).MinBy(i => Cost(distance, count, [.. medoids, i])));
        double cost = Cost(distance, count, [.. medoids]);
        for (int round = 0; round < MostRounds; round++)
        {
            (int At, int By, double Cost) best = (-1, -1, cost - 1e-9);
            for (int at = 0; at < k; at++)
            {
                int was = medoids[at];
                for (int by = 0; by < count; by++)
                {
                    if (medoids.Contains(by))
                        continue;
                    medoids[at] = by;
                    double now = Cost(distance, count, [.. medoids]);
                    if (now < best.Cost)
                        best = (at, by, now);
                    medoids[at] = was;
                }
            }

            if (best.At < 0)
                break;
            (medoids[best.At], cost) = (best.By, best.Cost);
        }

        return [.. medoids];
    }

    private static double Nearest(double[,] distance, int[] medoids) => medoids.SelectMany((a, i) => medoids.Skip(i + 1).Select(b => distance[a, b])).Min();

    private static double Cost(double[,] distance, int count, ReadOnlySpan<int> medoids)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            double nearest = double.PositiveInfinity;
            foreach (int m in medoids)
                nearest = Math.Min(nearest, distance[i, m]);
            sum += nearest;
        }

        return sum;
    }

    private static int[] Owners(double[,] distance, int count, int[] medoids)
    {
        int[] owner = new int[count];
        for (int i = 0; i < count; i++)
            owner[i] = Enumerable.Range(0, medoids.Length).MinBy(k => medoids[k] == i ? -1 : distance[i, medoids[k]]);
        return owner;
    }

    /// <summary>How much nearer examples are to their own kind than to the next, -1..1 (Rousseeuw 1987); one that is alone counts 0.</summary>
    private static double Silhouette(double[,] distance, int count, int[] medoids)
    {
        int[] owner = Owners(distance, count, medoids);
        int[] size = new int[medoids.Length];
        foreach (int k in owner)
            size[k]++;
        double sum = 0;
        double[] mean = new double[medoids.Length];
        for (int i = 0; i < count; i++)
        {
            if (size[owner[i]] == 1)
                continue;
            Array.Clear(mean);
            for (int j = 0; j < count; j++)
                mean[owner[j]] += distance[i, j];
            double own = mean[owner[i]] / (size[owner[i]] - 1), other = double.PositiveInfinity;
            for (int k = 0; k < mean.Length; k++)
            {
                if (k != owner[i])
                    other = Math.Min(other, mean[k] / size[k]);
            }

            sum += Math.Max(own, other) > 0 ? (other - own) / Math.Max(own, other) : 0;
        }

        return sum / count;
    }
}
