// Finds the pictures of a folder that look most like one picture, through .NET's common interface for embeddings: whatever takes an
// IEmbeddingGenerator (a vector store, a pipeline) takes a Pictor package. The vectors have unit length, so the inner product is the cosine.
// Run: dotnet run --project samples/SimilarPictures -- model.pictor cat.jpg pictures/
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Pictor.Models.Annotators;
using Pictor.Models.Hosting;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: SimilarPictures MODEL.pictor PICTURE FOLDER");
    return 2;
}

using var annotator = Annotator.Load(args[0]);
using var generator = new PictureEmbeddingGenerator(annotator);
string[] files = [args[1], .. Directory.EnumerateFiles(args[2])];
DataContent[] pictures = [.. files.Select(file => new DataContent(File.ReadAllBytes(file), "image/*") { Name = file })];
GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(pictures);

var found = files.Skip(1).Select((file, i) => (File: file, Similarity: TensorPrimitives.Dot(embeddings[0].Vector.Span, embeddings[i + 1].Vector.Span)));
foreach ((string file, float similarity) in found.OrderByDescending(hit => hit.Similarity).Take(10))
    Console.WriteLine($"{similarity:0.000}\t{file}");
return 0;
