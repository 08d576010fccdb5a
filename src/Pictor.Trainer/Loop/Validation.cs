using Pictor.Datasets;

namespace Pictor.Trainer.Loop;

/// <summary>Figures over the validation part, computed by all replicas; sums are added in the order of the pictures.</summary>
internal static class Validation
{
    /// <summary>Mean loss and accuracy; null when it was told to stop before the end.</summary>
    public static (double Loss, double Accuracy)? Run(TrainingModel model, BatchSource source, int count, Func<bool> shouldStop)
    {
        int chunk = model.Replicas[0].Capacity;
        int chunks = (count + chunk - 1) / chunk;
        int[] order = [.. Enumerable.Range(0, count)];
        var results = new (double Loss, double Right)[chunks];
        bool stopped = false;
        Crew.Run(model.Replicas.Count, (number, _) =>
        {
            for (int i = number; i < chunks && !Volatile.Read(ref stopped); i += model.Replicas.Count)
            {
                results[i] = model.Replicas[number].Judge(source, order.AsSpan(i * chunk, Math.Min(chunk, count - (i * chunk))));
                if (shouldStop())
                    Volatile.Write(ref stopped, true);
            }
        });
        return stopped ? null : (results.Sum(r => r.Loss) / count, results.Sum(r => r.Right) / count);
    }

    /// <summary>[count, outputs] of the network in float32.</summary>
    public static float[] Predict(TrainingModel model, BatchSource source, int count, int outputs)
    {
        int chunk = model.Replicas[0].Capacity;
        int chunks = (count + chunk - 1) / chunk;
        int[] order = [.. Enumerable.Range(0, count)];
        var values = new float[count * outputs];
        Crew.Run(model.Replicas.Count, (number, _) =>
        {
            for (int i = number; i < chunks; i += model.Replicas.Count)
            {
                int first = i * chunk, length = Math.Min(chunk, count - first);
                model.Replicas[number].Predict(source, order.AsSpan(first, length), values.AsSpan(first * outputs, length * outputs));
            }
        });
        return values;
    }
}
