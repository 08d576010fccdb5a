using System.Buffers;
using Pictor.Library.Deployment;
using Pictor.VectorSearch;

namespace Pictor.Library.Ingest;

/// <summary>Runs a batch of prepared pictures through the model.</summary>
internal static class Reading
{
    /// <summary>Pictures in one inference. Beyond it nothing is gained on a processor, and the first results come later.</summary>
    internal const int BatchSize = 16;

    internal static void Run(IReadOnlyList<Prepared> batch, ActiveModel? model)
    {
        if (model is null)
            return;
        Prepared[] toRead = [.. batch.Where(p => p.Planes is not null)];
        if (toRead.Length == 0)
            return;
        int classes = (int)model.Model.Classes, length = (int)model.Model.EmbeddingLength, plane = toRead[0].Planes!.Length;
        byte[] planes = ArrayPool<byte>.Shared.Rent(toRead.Length * plane);
        for (int i = 0; i < toRead.Length; i++)
        {
            toRead[i].Planes!.CopyTo(planes, i * plane);
            toRead[i].Planes = null;
        }

        var probabilities = new float[toRead.Length * classes];
        var embeddings = new float[toRead.Length * length];
        model.Annotator.Run(planes.AsSpan(0, toRead.Length * plane), toRead.Length, probabilities, embeddings);
        ArrayPool<byte>.Shared.Return(planes);
        for (int i = 0; i < toRead.Length; i++)
        {
            toRead[i].Probabilities = probabilities[(i * classes)..((i + 1) * classes)];

            // A picture that lights up nothing in the network has no direction; it keeps its tags and is not compared.
            float[] embedding = embeddings[(i * length)..((i + 1) * length)];
            toRead[i].Embedding = FlatIndex.CanHold(embedding) ? embedding : [];
        }
    }
}
