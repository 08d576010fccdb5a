namespace Pictor.Bench.Search;

/// <summary>One round: medians over its queries, in milliseconds.</summary>
/// <param name="IdleShare">What was free of the machine just before, 0..1.</param>
/// <param name="IndexMilliseconds">FlatIndex.</param>
/// <param name="IndexP99">FlatIndex, 99th percentile.</param>
/// <param name="PlainMilliseconds">The plain scan.</param>
/// <param name="PlainP99">The plain scan, 99th percentile.</param>
internal sealed record SearchRound(double? IdleShare, double IndexMilliseconds, double IndexP99, double PlainMilliseconds, double PlainP99);

/// <summary>The whole run: medians of the rounds' medians.</summary>
internal sealed record SearchReport(
    string Processor,
    string Instructions,
    string Data,
    int Vectors,
    int Dimensions,
    int Queries,
    int Count,
    int BytesPerVector,
    double FillSeconds,
    double ReadLimitOfCodes,
    double ReadLimitOfLargeMemory,
    double IndexMilliseconds,
    double PlainMilliseconds,
    double IndexGigabytesPerSecond,
    double PlainGigabytesPerSecond,
    int DifferentAnswers,
    IReadOnlyList<SearchRound> Rounds);
