namespace Pictor.Metrics;

/// <summary>From which probability on a class may be named, so that of those named a wanted share is right.</summary>
public static class Thresholds
{
    // The standard normal's 95 % quantile: one side, for only "too low" is a danger.
    private const double OneSided = 1.6448536269514722;

    /// <summary>
    /// For each class the lowest threshold at which the precision reaches what is wanted: the one that costs least recall. A sample counts as named when its score is at or
    /// above the threshold, whether or not another class scores higher, as tags are given.
    /// </summary>
    /// <param name="table">Predictions on pictures that were not trained on.</param>
    /// <param name="precision">Above 0, up to 1.</param>
    /// <param name="certain">True: the precision must be reached with 95 % certainty (the lower bound of Wilson's interval), so that a class with three pictures does not boast of 100 %.</param>
    /// <param name="floor">No threshold lies below it: pictures that show none of the classes are seldom given one with much probability.</param>
    /// <returns>[classes]; null where no threshold reaches it.</returns>
    public static IReadOnlyList<ClassThreshold?> ForPrecision(PredictionTable table, double precision, bool certain = false, double floor = 0) =>
        Each(table.Classes, precision, certain, floor, k => RankedScores.OfClass(table, k));

    /// <inheritdoc cref="ForPrecision(PredictionTable, double, bool, double)"/>
    public static IReadOnlyList<ClassThreshold?> ForPrecision(MultiLabelTable table, double precision, bool certain = false, double floor = 0) =>
        Each(table.Classes, precision, certain, floor, table.Ranked);

    private static ClassThreshold?[] Each(int classes, double precision, bool certain, double floor, Func<int, RankedScores> ranked)
    {
        if (!(precision is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(precision), precision, "A precision lies above 0 and up to 1.");
        var found = new ClassThreshold?[classes];
        Parallel.For(0, classes, k => found[k] = Of(ranked(k), precision, certain, floor));
        return found;
    }

    private static ClassThreshold? Of(RankedScores ranked, double precision, bool certain, double floor)
    {
        ClassThreshold? lowest = null, above = null;
        foreach ((double threshold, int hits, int answers) in ranked.Steps())
        {
            double low = ConfidenceInterval.Wilson(hits, answers, OneSided).Low;
            var here = new ClassThreshold(threshold, (double)hits / answers, low, (double)hits / ranked.Positives, answers);
            if (hits > 0 && (certain ? low : here.Precision) >= precision)
                lowest = here;
            if (threshold >= floor)
                above = here;
        }

        // A class that reaches the precision below the floor is named from the floor on, with what that gives.
        return lowest is null || lowest.Threshold >= floor ? lowest : (above ?? new ClassThreshold(floor, double.NaN, 0, 0, 0)) with { Threshold = floor };
    }
}

/// <summary>A threshold and what it gives.</summary>
/// <param name="Threshold">The class is named at this score or above.</param>
/// <param name="Precision">Share of right ones among those named; NaN when none is.</param>
/// <param name="PrecisionLow">What the precision is at least, with 95 % certainty.</param>
/// <param name="Recall">Share of the class's samples that are still named.</param>
/// <param name="Answers">Samples named.</param>
public sealed record ClassThreshold(double Threshold, double Precision, double PrecisionLow, double Recall, int Answers);
