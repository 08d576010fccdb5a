using System.Globalization;
using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Models.Networks;
using Pictor.Trainer.Data;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Loop;

/// <summary>Trains a network for a moment on the real pictures and throws the result away, to learn how fast it is here and now.</summary>
internal static class SpeedTrial
{
    private const int WarmUp = 2;
    private const int MostSteps = 12;

    // Below this a cast costs more than it saves: the network runs at the speed of memory.
    private const long SmallNetwork = 20_000_000;

    // A choice that noise cannot turn: where bfloat16 pays, it pays by half or more.
    private const double ClearlyFaster = 1.2;

    /// <summary>Seconds for one step of the recipe, augmentation included.</summary>
    public static double SecondsPerStep(Network network, Recipe recipe, TrainingData data, int threads, TimeSpan limit, TimeProvider time)
    {
        int batch = Math.Min(recipe.Batch, data.Train.Count);
        var loss = new TrainingLoss(recipe with { Distill = new DistillSettings() }, data.Task, data.Frequencies, data.Train.Count);
        using var model = new TrainingModel(network, recipe, batch, threads, loss, data.Scale);
        PictureShape shape = data.Preprocessing.Shape;
        var options = new BatchSourceOptions { Augmenter = recipe.Augment.IsNone ? null : new Augmenter(recipe.Augment, shape, recipe.Seed) };
        var source = new BatchSource(data.Train, data.Preprocessing, batch, recipe.Seed, options);
        int[] order = source.Order(1);
        // The quickest of the steps: what others take from the machine meanwhile is not the network's.
        double best = double.MaxValue;
        long last = 0;
        long began = time.GetTimestamp();
        bool enough = false;
        Crew.Run(threads, (number, gate) =>
        {
            for (int step = 0; step < WarmUp + MostSteps && !enough; step++)
            {
                int first = step * batch % Math.Max(1, order.Length - batch + 1);
                int from = first + (batch * number / threads), to = first + (batch * (number + 1) / threads);
                if (to > from)
                    model.Replicas[number].Learn(source, order.AsSpan(from, to - from), 1);
                gate.Wait();
                // A rate of zero: it is the time that counts, and weights that run away would change it.
                model.Optimizer.Step(step + 1, 0, batch, number, threads);
                if (number == 0)
                {
                    if (step >= WarmUp)
                        best = Math.Min(best, time.GetElapsedTime(last).TotalSeconds);
                    last = time.GetTimestamp();
                    enough = step >= WarmUp && time.GetElapsedTime(began) > limit;
                }

                gate.Wait();
            }
        });
        return best * recipe.Accumulate;
    }

    /// <summary>The precision that a recipe asks for or, where it leaves it open, the faster one; small networks are not tried in bfloat16.</summary>
    /// <returns>The precision and its seconds for one step.</returns>
    public static (string Precision, double SecondsPerStep) Faster(Network network, Recipe recipe, TrainingData data, int threads, TimeSpan limit, TimeProvider time)
    {
        double Seconds(string precision) => SecondsPerStep(network, recipe with { Precision = precision }, data, threads, limit, time);
        if (recipe.Precision != Precisions.Auto)
            return (recipe.Precision, Seconds(recipe.Precision));
        double slow = Seconds(Precisions.Float32);
        if (!MayPay(network))
            return (Precisions.Float32, slow);
        double fast = Seconds(Precisions.BFloat16);
        return slow / fast > ClearlyFaster ? (Precisions.BFloat16, fast) : (Precisions.Float32, slow);
    }

    /// <summary>The recipe with its precision decided; small networks are not measured.</summary>
    public static Recipe DecidePrecision(Network network, Recipe recipe, TrainingData data, int threads, TimeProvider time, Action<string> say)
    {
        if (recipe.Precision != Precisions.Auto)
            return recipe;
        if (!MayPay(network))
            return recipe with { Precision = Precisions.Float32 };
        (string precision, double step) = Faster(network, recipe, data, threads, TimeSpan.FromSeconds(1.5), time);
        say(string.Create(CultureInfo.InvariantCulture, $"Training in {precision}, which is the faster one here: {Math.Min(recipe.Batch * recipe.Accumulate, data.Train.Count) / step:N0} pictures/s."));
        return recipe with { Precision = precision };
    }

    private static bool MayPay(Network network) => network.Flops >= SmallNetwork && network.Nodes.Any(node => node.Layer is Layer.Convolution);
}
