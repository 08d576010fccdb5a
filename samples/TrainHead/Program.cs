// Teaches a package classes of your own from a folder with one folder of pictures per class, in seconds and without torch: the package's
// network stays as it is, and a linear layer on its embedding is fitted. Run: dotnet run --project samples/TrainHead -- base.pictor pictures/ run/
using Pictor;
using Pictor.Training.Heads;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: TrainHead PACKAGE.pictor DATA RUN");
    return 2;
}

try
{
    HeadOutcome outcome = await HeadTraining.RunAsync(new HeadJob(On: args[0], Data: args[1], Out: args[2], Name: "my-classes"));
    Console.WriteLine($"{outcome.Model}: {outcome.ValAccuracy:P1} right on validation, {outcome.Seconds:0.0} s, {outcome.Skipped.Count} pictures left out");
    return 0;
}
catch (InputException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
