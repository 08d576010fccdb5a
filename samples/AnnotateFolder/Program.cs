// Says what is in the pictures of a folder. A package is opened once and used for all of them; a picture that cannot be read says why and
// stops nothing. Run: dotnet run --project samples/AnnotateFolder -- model.pictor pictures/
using Pictor;
using Pictor.Models.Annotators;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: AnnotateFolder MODEL.pictor FOLDER");
    return 2;
}

using var annotator = Annotator.Load(args[0]);
foreach (string file in Directory.EnumerateFiles(args[1]).Order(StringComparer.Ordinal))
{
    try
    {
        foreach (Annotation tag in await annotator.AnnotateAsync(file))
            Console.WriteLine($"{Path.GetFileName(file)}\t{tag.Value}\t{tag.Confidence:0.000}");
    }
    catch (InputException problem)
    {
        Console.Error.WriteLine(problem.Message);
    }
}

return 0;
