namespace Pictor.Bench.Augment;

/// <summary>One way of filling batches.</summary>
/// <param name="Name">A preset, or what it is held against.</param>
/// <param name="PicturesPerSecond">Of one processor, median of the rounds.</param>
/// <param name="Microseconds">Processor time of one picture.</param>
/// <param name="OfCopy">Its time against copying and normalising alone.</param>
/// <param name="OfDecode">Its time against decoding the same pictures alone.</param>
internal sealed record AugmentRow(string Name, double PicturesPerSecond, double Microseconds, double OfCopy, double OfDecode);

/// <summary>The input pipeline: what each preset costs.</summary>
/// <param name="Processor">What it ran on.</param>
/// <param name="IdleShares">What was free of the machine before each round, 0..1.</param>
/// <param name="Shape">Of the batches.</param>
/// <param name="Source">Of the JPEG files.</param>
/// <param name="Pictures">In a round.</param>
/// <param name="Rows">Decoding, copying, then the presets.</param>
internal sealed record AugmentReport(string Processor, IReadOnlyList<double?> IdleShares, string Shape, string Source, int Pictures, IReadOnlyList<AugmentRow> Rows);
