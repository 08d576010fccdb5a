using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Training.Choosing;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Data;

/// <summary>
/// What the headers of the pictures tell, and the network's input where a recipe leaves it open: the pictures' own size when all share one of at
/// most 256 px, else a square of 64 px; grey when all pictures are grey.
/// </summary>
internal sealed record InputShape(bool AnyColour, (int Width, int Height)? Common, int TypicalSide)
{
    private const int Fallback = 64;
    private const int LargestOwnSide = 256;

    /// <summary>Reads the headers of some samples on all cores; what cannot be read is left to the decoder to tell.</summary>
    public static InputShape Survey(Dataset data, IReadOnlyList<int> samples, CancellationToken cancellationToken)
    {
        var headers = new PictureHeader?[samples.Count];
        Parallel.For(0, samples.Count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            try
            {
                headers[i] = data.ReadHeader(data.Samples[samples[i]]);
            }
            catch (InputException)
            {
                // It will be skipped, with its reason, when it is decoded.
            }
        });

        PictureHeader[] known = [.. headers.OfType<PictureHeader>()];
        if (known.Length == 0)
            return new InputShape(false, null, Fallback);
        bool same = Array.TrueForAll(known, h => (h.Width, h.Height) == (known[0].Width, known[0].Height));
        int[] sides = [.. known.Select(h => Math.Min(h.Width, h.Height)).Order()];
        return new InputShape(Array.Exists(known, h => !h.Grey), same ? (known[0].Width, known[0].Height) : null, sides[sides.Length / 2]);
    }

    /// <summary>The input of a recipe; what it says comes first.</summary>
    public PictureShape For(Recipe recipe)
    {
        bool own = Common is { } size && Math.Max(size.Width, size.Height) <= LargestOwnSide;
        int height = recipe.Size ?? (own ? Common!.Value.Height : Fallback);
        int width = recipe.Size ?? (own ? Common!.Value.Width : Fallback);
        return new PictureShape(recipe.Channels ?? (AnyColour ? 3 : 1), height, width);
    }

    /// <summary>What choosing a recipe needs to know.</summary>
    public DataFacts Facts(Dataset data, SplitPlan plan) =>
        new(data.Task, plan.Train.Count, plan.Val.Count, data.Labels.Count, AnyColour ? 3 : 1, TypicalSide, Common is not null);
}
