using Pictor.Imaging;
using Pictor.Models.Annotators;

namespace Pictor.Training.Explaining;

/// <summary>
/// Which parts of a picture an answer rests on (Zeiler and Fergus 2014, section 4.2): a patch without content slides over the input, and where the probability of the class
/// falls most, the evidence was covered. Needs nothing of a model but its answers, so it works for any package.
/// </summary>
internal static class OcclusionMap
{
    // The patch covers three by three cells: wide enough to hide a part of a thing, while neighbouring positions still differ.
    private const int PatchCells = 3;
    private const int Batch = 32;

    /// <summary>Fall of the probability for each position of the patch, [grid, grid] by rows from the top; below 0 where the covered part spoke against the class.</summary>
    /// <param name="annotator">The package.</param>
    /// <param name="planes">[channels, height, width] of the input's shape.</param>
    /// <param name="label">Position of the class.</param>
    /// <param name="grid">Positions along each side, 1 or more; no more than there are pixels.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static (double Probability, double[] Drops) Of(Annotator annotator, byte[] planes, int label, int grid, CancellationToken cancellationToken)
    {
        Preprocessing input = annotator.Package.Manifest.Input;
        int classes = annotator.Package.Manifest.Classes, length = input.Shape.Length;
        byte[] filling = Filling(input);
        var whole = new float[classes];
        annotator.Run(planes, 1, whole, []);
        var drops = new double[grid * grid];
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, (drops.Length + Batch - 1) / Batch, options, batch =>
        {
            int first = batch * Batch, count = Math.Min(Batch, drops.Length - first);
            var covered = new byte[count * length];
            var answers = new float[count * classes];
            for (int i = 0; i < count; i++)
            {
                Span<byte> copy = covered.AsSpan(i * length, length);
                planes.CopyTo(copy);
                Cover(copy, input.Shape, (first + i) / grid, (first + i) % grid, grid, filling);
            }

            annotator.Run(covered, count, answers, []);
            for (int i = 0; i < count; i++)
                drops[first + i] = whole[label] - answers[(i * classes) + label];
        });
        return (whole[label], drops);
    }

    private static void Cover(Span<byte> planes, PictureShape shape, int row, int column, int grid, byte[] filling)
    {
        (int top, int bottom) = Range(row, grid, shape.Height);
        (int left, int right) = Range(column, grid, shape.Width);
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            for (int y = top; y < bottom; y++)
                planes.Slice((((channel * shape.Height) + y) * shape.Width) + left, right - left).Fill(filling[channel]);
        }
    }

    private static (int From, int To) Range(int cell, int grid, int side)
    {
        double step = (double)side / grid, centre = (cell + 0.5) * step, half = Math.Max(0.5, PatchCells * step / 2);
        return (Math.Max(0, (int)Math.Round(centre - half)), Math.Min(side, (int)Math.Round(centre + half)));
    }

    // The mean of the training pictures says least; packages that subtract none get mid grey.
    private static byte[] Filling(Preprocessing input) =>
        [.. input.Mean.Select(m => input.Mean.All(v => v == 0) ? (byte)128 : (byte)Math.Clamp(Math.Round(m * 255), 0, 255))];
}
