using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Data;

/// <summary>
/// The network's input where a recipe leaves it open: the pictures' own size when all share one of at most 256 px, else a square of 64 px;
/// grey when all pictures are grey. Headers are enough to tell.
/// </summary>
internal static class InputShape
{
    private const int Fallback = 64;
    private const int LargestOwnSide = 256;

    /// <param name="data">The data set.</param>
    /// <param name="samples">What is trained and validated with.</param>
    /// <param name="recipe">What it says comes first.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public static PictureShape Choose(Dataset data, IReadOnlyList<int> samples, Recipe recipe, CancellationToken cancellationToken)
    {
        if (recipe is { Size: { } side, Channels: { } channels })
            return new PictureShape(channels, side, side);

        bool anyColour = false, mixed = false;
        (int Width, int Height)? common = null;
        var gate = new Lock();
        Parallel.ForEach(samples, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, (index, loop) =>
        {
            PictureHeader header;
            try
            {
                header = data.ReadHeader(data.Samples[index]);
            }
            catch (InputException)
            {
                // It will be skipped, with its reason, when it is decoded.
                return;
            }

            lock (gate)
            {
                anyColour |= !header.Grey;
                common ??= (header.Width, header.Height);
                mixed |= common != (header.Width, header.Height);
                if (anyColour && mixed)
                    loop.Stop();
            }
        });

        bool own = !mixed && common is { } size && Math.Max(size.Width, size.Height) <= LargestOwnSide;
        int height = recipe.Size ?? (own ? common!.Value.Height : Fallback);
        int width = recipe.Size ?? (own ? common!.Value.Width : Fallback);
        return new PictureShape(recipe.Channels ?? (anyColour ? 3 : 1), height, width);
    }
}
