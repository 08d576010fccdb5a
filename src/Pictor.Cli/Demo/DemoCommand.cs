using System.CommandLine;
using System.Globalization;
using Pictor.Cli.Terminal;
using Pictor.Datasets;

namespace Pictor.Cli.Demo;

/// <summary>
/// <c>demo</c>: a library to look at, filled with pictures that Pictor renders and tags by the package that ships for them. <c>--train</c> walks the whole path instead,
/// from labelled pictures to a page; <c>--render</c> writes a labelled set of rendered pictures.
/// </summary>
internal sealed class DemoCommand : PictorCommand
{
    private readonly Argument<string?> _data = new("data") { Description = "With --train: labelled pictures; else Fashion-MNIST where Debian's package put it, else drawn ones.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _train = new("--train") { Description = "Train on labelled pictures, judge the model, index and serve: the whole path in two minutes." };
    private readonly Option<bool> _drawn = new("--drawn") { Description = "With --train: use pictures that Pictor draws itself, even where others are at hand." };
    private readonly Option<string> _out = new("--out", "-o") { Description = "Where everything is put (runs/demo; with --train runs/demo-train).", HelpName = "DIR" };
    private readonly Option<string> _url = new("--url") { Description = "Where to listen (http://localhost:5080); port 0 picks one." };
    private readonly Option<bool> _noServe = new("--no-serve") { Description = "End after the library is filled." };
    private readonly Option<bool> _open = new("--open") { Description = "Open the page in the browser." };
    private readonly Option<bool> _force = new("--force") { Description = "Start over instead of serving what an earlier demo made." };
    private readonly Option<string> _render = new("--render") { Description = "Only write rendered pictures with their labels, to train or judge on.", HelpName = "DIR" };
    private readonly Option<int> _seed = new("--seed") { Description = "With --render: another seed gives other pictures (2; the demo's own are 1).", DefaultValueFactory = _ => RenderedPictures.DemoSeed + 1 };
    private readonly Option<int> _count = new("--count") { Description = $"With --render: how many ({RenderedPictures.PerRound}).", DefaultValueFactory = _ => RenderedPictures.PerRound };
    private readonly Option<int> _side = new("--side") { Description = $"With --render: side of a picture in pixels ({RenderedPictures.DefaultSide}).", DefaultValueFactory = _ => RenderedPictures.DefaultSide };

    public DemoCommand()
        : base("demo", "See Pictor at work in half a minute: rendered pictures, tagged, searchable, on a page.", "pictor demo", "pictor demo --train pictures/ --out runs/mine --url http://localhost:8080")
    {
        Add(_data);
        Add(_train);
        Add(_drawn);
        Add(_out);
        Add(_url);
        Add(_noServe);
        Add(_open);
        Add(_force);
        Add(_render);
        Add(_seed);
        Add(_count);
        Add(_side);
        Validators.Add(result =>
        {
            if (!result.GetValue(_train) && (result.GetValue(_data) is not null || result.GetValue(_drawn)))
                result.AddError("Labelled pictures are trained on: say --train before them. To look at a folder of yours: pictor serve FOLDER.");
            if (result.GetValue(_train) && result.GetValue(_render) is not null)
                result.AddError("--train and --render are two things; say one of them.");
        });
        Bound(_count, 1, 100_000);
        Bound(_side, 16, 2048);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_render) is { } folder)
            return Render(Path.GetFullPath(folder), parsed, output, cancellationToken);

        bool train = parsed.GetValue(_train);
        var folders = new DemoFolders(Path.GetFullPath(parsed.GetValue(_out) ?? Path.Combine("runs", train ? "demo-train" : "demo")));
        folders.Ready(train, parsed.GetValue(_force));
        bool serve = !parsed.GetValue(_noServe);
        int skipped = train
            ? await new TrainedDemo(folders, output).RunAsync(parsed.GetValue(_data), parsed.GetValue(_drawn), serve, cancellationToken)
            : await new RenderedDemo(folders, output).RunAsync(serve, cancellationToken);
        if (serve)
            await DemoPage.ServeAsync(folders.Library, parsed.GetValue(_url), parsed.GetValue(_open), train, output, cancellationToken);
        return skipped > 0 ? ExitCode.DoneWithSkips : ExitCode.Done;
    }

    private static void Bound(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) && (value < least || value > most))
            result.AddError($"{option.Name} {value} is out of range. It takes {least} to {most}.");
    });

    private int Render(string folder, ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        int count = parsed.GetValue(_count), seed = parsed.GetValue(_seed);
        using (ProgressDisplay progress = output.Progress())
            RenderedPictures.WriteFolder(folder, count, seed, parsed.GetValue(_side), progress, cancellationToken);
        output.Result(new { folder, count, seed, classes = RenderedPictures.Labels.Count }, () => $"{count} rendered pictures with {RenderedPictures.Labels.Count} tags in {folder}");
        return ExitCode.Done;
    }
}
