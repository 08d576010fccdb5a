using System.Globalization;
using Pictor;
using Pictor.Bench;
using Pictor.Bench.Annotate;
using Pictor.Bench.Augment;
using Pictor.Bench.Browse;
using Pictor.Bench.Duplicates;
using Pictor.Bench.Finding;
using Pictor.Bench.Labels;
using Pictor.Bench.Retrieval;
using Pictor.Bench.Search;
using Pictor.Bench.Serve;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// One line per measurement; each takes its flags and answers with a report that knows how to print itself.
try
{
    var flags = Flags.Parse(args.Skip(1));
    if (args.FirstOrDefault() == "serve-child")
    {
        await ServerProcess.ServeAsync(flags);
        return 0;
    }

    object report = args.FirstOrDefault() switch
    {
        "annotate" => AnnotateBench.Run(flags, Console.Out),
        "augment" => await AugmentBench.RunAsync(flags, Console.Out),
        "browse" => await BrowseBench.RunAsync(flags, Console.Out),
        "serve" => await ServeBench.RunAsync(flags, Console.Out),
        "duplicates" => await DuplicatesBench.RunAsync(flags, Console.Out),
        "labels" => await LabelsBench.RunAsync(flags, Console.Out),
        "retrieval" => await RetrievalBench.RunAsync(flags, Console.Out),
        "finding" => await FindingBench.RunAsync(flags, Console.Out),
        "interests" => await InterestsBench.RunAsync(flags, Console.Out),
        "fusion" => await FusionBench.RunAsync(flags, Console.Out),
        "search" => SearchBench.Run(flags, Console.Out),
        var word => throw new InputException(
            "pictor-bench", word is null ? "no measurement is named" : $"there is no measurement '{word}'", "Say one of: annotate, augment, browse, duplicates, finding, fusion, interests, labels, retrieval, search, serve. Example: search --vectors 100000 --rounds 5 --json search.json"),
    };
    if (flags.Text("json", "") is { Length: > 0 } file) File.WriteAllText(file, System.Text.Json.JsonSerializer.Serialize(report, PictorJson.Indented));
    return 0;
}
catch (InputException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
