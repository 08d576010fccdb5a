using System.CommandLine;
using System.Globalization;
using Pictor.Cli.Terminal;
using Pictor.Datasets;
using Pictor.Datasets.Cleaning;

namespace Pictor.Cli.Datasets;

/// <summary><c>dataset split</c>: parts that share no picture, no copy and no group, frozen as a manifest.</summary>
internal sealed class DatasetSplitCommand : PictorCommand
{
    private readonly Argument<string> _source = new("source") { Description = "The data set; it is never written to." };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The manifest to write.", Required = true, HelpName = "NAME.manifest.jsonl" };
    private readonly Option<string> _parts = new("--parts") { Description = "Shares of train, val and test.", DefaultValueFactory = _ => "80/10/10", HelpName = "T/V/T" };
    private readonly Option<int> _seed = new("--seed") { Description = "Which pictures go where.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _groupBy = new("--group-by") { Description = "Keep together what has the same value in a column of the data set, or lies in the same folder (folder).", HelpName = "COLUMN" };
    private readonly Option<bool?> _near = new("--near") { Description = "Keep nearly equal pictures together too, which takes a look at each; false leaves it out. On by default up to 20,000 pictures." };
    private readonly Option<bool> _anew = new("--anew") { Description = "Cut a declared test part too; without it, that part stays." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace a manifest that exists." };

    public DatasetSplitCommand()
        : base(
            "split", "Cut a data set into train, val and test without leaks, and freeze the parts as a manifest.",
            "pictor dataset split pictures/ --out pictures.manifest.jsonl", "pictor dataset split labels.csv --out v1.manifest.jsonl --parts 70/15/15 --group-by patient")
    {
        Add(_source);
        Add(_out);
        Add(_parts);
        Add(_seed);
        Add(_groupBy);
        Add(_near);
        Add(_anew);
        Add(_force);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        (double val, double test) = Shares(parsed.GetRequiredValue(_parts));
        string file = Path.GetFullPath(parsed.GetRequiredValue(_out));
        if (File.Exists(file) && !parsed.GetValue(_force))
            throw new InputException(file, "The manifest exists already", "Name another one, or pass --force to replace it.") { Code = "data.exists" };
        using ProgressDisplay progress = output.Progress();
        using Dataset data = await Dataset.OpenAsync(parsed.GetRequiredValue(_source), progress, cancellationToken);
        IReadOnlyList<Sample> samples = parsed.GetValue(_groupBy) is { } by ? SampleGrouping.By(data, by) : data.Samples;
        bool near = parsed.GetValue(_near) ?? data.Samples.Count <= Leakage.NearByDefaultUpTo;
        int[]? groups = near ? await DatasetCleaning.GroupsAsync(data, null, progress, cancellationToken) : null;
        var options = new SplitOptions { GroupOf = groups, Val = val, Test = test, Seed = parsed.GetValue(_seed), Anew = parsed.GetValue(_anew) };
        (SplitPlan plan, string fingerprint) = await SplitManifest.WriteAsync(file, data, samples, options, cancellationToken);
        progress.Clear();
        if (!near)
            output.Say("Near duplicates were not looked for; --near does, and takes a while.");
        output.Result(
            new { file, fingerprint, train = plan.Train.Count, val = plan.Val.Count, test = plan.Test.Count, leftOut = data.Samples.Count - plan.Train.Count - plan.Val.Count - plan.Test.Count, plan.Seed, near, plan.Explanation },
            () => $"{file}\n{plan.Explanation}");
        return output.Skips(data.Skipped);
    }

    private static (double Val, double Test) Shares(string text)
    {
        double[] shares = [.. text.Split('/').Select(p => double.TryParse(p, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) ? share : double.NaN)];
        return shares.Length == 3 && shares.All(double.IsFinite) && shares[0] > 0
            ? (shares[1] / shares.Sum(), shares[2] / shares.Sum())
            : throw new InputException("--parts", $"'{text}' is not three shares, of which the first is above 0", "Write train/val/test, such as 80/10/10 or 80/20/0.");
    }
}
