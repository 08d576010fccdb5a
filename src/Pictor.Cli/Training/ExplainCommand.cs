using System.CommandLine;
using System.Globalization;
using Pictor.Cli.Terminal;
using Pictor.Models.Annotators;
using Pictor.Training.Explaining;

namespace Pictor.Cli.Training;

/// <summary><c>explain</c>: which parts of a picture an answer rests on.</summary>
internal sealed class ExplainCommand : PictorCommand
{
    private readonly Argument<string> _picture = new("picture") { Description = "A picture file." };
    private readonly Option<string> _model = new("--model", "-m") { Description = "The package.", Required = true, HelpName = "FILE" };
    private readonly Option<string> _label = new("--label") { Description = "The class to explain, by id or name; else the likeliest." };
    private readonly Option<int> _grid = new("--grid") { Description = "Positions of the patch along each side (16).", DefaultValueFactory = _ => Explainer.UsualGrid };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The map over the picture, a PNG; else PICTURE.map.png here.", HelpName = "FILE" };

    public ExplainCommand()
        : base(
            "explain", "Show which parts of a picture an answer rests on: a patch covers each place in turn, and where the probability falls, the evidence was.",
            "pictor explain cat.jpg --model model.pictor --out map.png", "pictor explain seven.png --model runs/mnist/model.pictor --label 1 --json")
    {
        Add(_picture);
        Add(_model);
        Add(_label);
        Add(_grid);
        Add(_out);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        string picture = parsed.GetRequiredValue(_picture);
        using var annotator = Annotator.Load(parsed.GetRequiredValue(_model));
        PictureExplanation found = await Explainer.ExplainAsync(annotator, picture, parsed.GetValue(_label), parsed.GetValue(_grid), cancellationToken);
        string map = Path.GetFullPath(parsed.GetValue(_out) ?? Path.GetFileNameWithoutExtension(picture) + ".map.png");
        await OutputFile.WriteAsync(map, found.Overlay, cancellationToken);
        output.Result(
            new { found.File, found.Id, found.Label, found.LabelId, found.Probability, found.Grid, found.Region, found.Drops, map },
            () => Text(found, map));
        return ExitCode.Done;
    }

    private static string Text(PictureExplanation found, string map)
    {
        double most = found.Drops.Max(row => row.Max());
        int top = found.Drops.Index().First(row => row.Item.Any(d => d == most)).Index, left = found.Drops[top].Index().First(d => d.Item == most).Index;
        string place = string.Create(CultureInfo.InvariantCulture,
            $"{(found.Region.X + ((left + 0.5) / found.Grid * found.Region.Width)) * 100:0} % from the left, {(found.Region.Y + ((top + 0.5) / found.Grid * found.Region.Height)) * 100:0} % from the top");
        return string.Create(CultureInfo.InvariantCulture,
            $"{found.Label}: {found.Probability * 100:0.0} %\nIt rests most on what lies {place}: covered, {(found.Probability - most) * 100:0.0} % are left.\nMap: {map} (yellow to red: speaks for it; blue: against it)");
    }
}
