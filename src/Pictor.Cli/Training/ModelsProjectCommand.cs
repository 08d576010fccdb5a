using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Terminal;
using Pictor.Training.Projecting;

namespace Pictor.Cli.Training;

/// <summary><c>models project</c>: a package whose embedding is shorter and finds like pictures better.</summary>
internal sealed class ModelsProjectCommand : PictorCommand
{
    private readonly Argument<string> _package = new("package") { Description = "A package NAME.pictor; it stays as it is." };
    private readonly Option<string> _data = new("--data") { Description = "Labelled pictures, one class each: its training data, best.", Required = true, HelpName = "PATH" };
    private readonly Option<int?> _length = new("--length") { Description = "Numbers of the new embedding; else as many as the old one has, at most 128." };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The new package.", Required = true, HelpName = "FILE" };

    public ModelsProjectCommand()
        : base(
            "project", "Lay a fitted linear map over a package's embedding, so that like pictures are found better; writes a new package.",
            "pictor models project starter --data photos/ --out mine.pictor",
            "pictor models project model.pictor --data photos/ --length 64 --out short.pictor")
    {
        Add(_package);
        Add(_data);
        Add(_length);
        Add(_out);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        ProjectionOutcome outcome;
        using (ProgressDisplay progress = output.Progress())
        {
            outcome = await PackageProjection.RunAsync(
                parsed.GetRequiredValue(_package), parsed.GetRequiredValue(_data), parsed.GetRequiredValue(_out), parsed.GetValue(_length), progress, cancellationToken);
        }

        output.Result(outcome, () => Text(outcome));
        return output.Skips(outcome.Skipped);
    }

    private static string Text(ProjectionOutcome outcome)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append(plain, $"{outcome.Model}\n{outcome.Name}@{outcome.Version}, fitted on {outcome.Pictures} pictures\n\n");
        text.Append(plain, $"length                        {outcome.LengthBefore} -> {outcome.Length}\n");
        text.Append(plain, $"mAP@10 among unseen classes   {outcome.UnseenBefore:0.0000} -> {outcome.Unseen:0.0000} (shrinkage {outcome.Shrinkage}, emphasis {outcome.Emphasis})\n");
        if (outcome.Before is { } before && outcome.After is { } after)
            text.Append(plain, $"mAP@10 of the validation part {before:0.0000} -> {after:0.0000} ({outcome.Judged} pictures)\n");
        if (outcome.Unseen <= outcome.UnseenBefore)
            text.Append("note: the old embedding finds pictures of unseen classes as well or better; it may be the one to keep.\n");
        return text.ToString();
    }
}
