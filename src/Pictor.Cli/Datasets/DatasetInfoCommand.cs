using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Datasets;

namespace Pictor.Cli.Datasets;

/// <summary><c>dataset info</c>: what is in a data set, before anyone trains on it.</summary>
internal sealed class DatasetInfoCommand : PictorCommand
{
    private readonly Argument<string> _path = new("path") { Description = "A folder or archive of pictures in any format that Pictor reads, a table, or a manifest." };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of the split that would be cut.", DefaultValueFactory = _ => 1 };

    public DatasetInfoCommand()
        : base("info", "Counts, sizes, imbalance, damaged files, duplicates and leaks of a data set.", "pictor dataset info pictures/", "pictor dataset info mnist/ --json")
    {
        Add(_path);
        Add(_seed);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        DatasetInfo info;
        using (ProgressDisplay progress = output.Progress())
        {
            using Dataset data = await Dataset.OpenAsync(parsed.GetRequiredValue(_path), progress, cancellationToken);
            info = await DatasetInfo.ExamineAsync(data, parsed.GetValue(_seed), progress, cancellationToken);
        }

        output.Result(info, info.ToText);
        return output.Skips(info.Unreadable);
    }
}
