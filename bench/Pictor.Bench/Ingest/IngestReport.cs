namespace Pictor.Bench.Ingest;

/// <summary>Ingest against its limit: decode, thumbnail and session on all cores, in turns.</summary>
/// <param name="Kind">photos: 12 megapixels; small: 64 x 64.</param>
/// <param name="Pictures">In each round.</param>
/// <param name="MeanBytes">Of a file.</param>
/// <param name="IdleShares">Of the machine, before each round.</param>
/// <param name="LimitPerSecond">Median pictures a second of the limit.</param>
/// <param name="IngestPerSecond">Median pictures a second of ingest.</param>
/// <param name="Ratios">Ingest to limit, each round.</param>
/// <param name="Ratio">Their median.</param>
/// <param name="ProcessorRatio">Processor time of the limit to that of ingest, median: what the ratio would be if nothing ever waited, whatever else the machine does.</param>
/// <param name="KnownMicroseconds">What a known file costs the second time.</param>
internal sealed record IngestRatio(string Kind, int Pictures, double MeanBytes, IReadOnlyList<double?> IdleShares, double LimitPerSecond, double IngestPerSecond, IReadOnlyList<double> Ratios, double Ratio, double ProcessorRatio, double KnownMicroseconds);

/// <summary>A library of some size, made in a process of its own.</summary>
/// <param name="Pictures">How many.</param>
/// <param name="MicrosecondsEach">Wall time a picture.</param>
/// <param name="ProcessorMicrosecondsEach">Processor time a picture, all threads: not stretched by waiting for cores that others hold.</param>
/// <param name="KnownMicroseconds">Wall time a known file, the second time.</param>
/// <param name="PeakMegabytes">The most resident memory (VmHWM).</param>
internal sealed record IngestScale(int Pictures, double MicrosecondsEach, double ProcessorMicrosecondsEach, double KnownMicroseconds, double PeakMegabytes);

/// <summary>All that was measured.</summary>
internal sealed record IngestReport(string Processor, string Model, IReadOnlyList<IngestRatio> Ratios, IReadOnlyList<IngestScale> Scales);
