using System.CommandLine;
using System.Globalization;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary><c>index FOLDER...</c>: takes pictures into a library; what is known costs a look at the file's date.</summary>
internal sealed class IndexCommand : PictorCommand
{
    private readonly Argument<string[]> _paths = new("path") { Description = "Folders or files. They are read, never written.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _model = ModelChoice.Option("A package to deploy and use; else the one that the library uses, else the starter.");
    private readonly Option<bool> _again = new("--again") { Description = "Annotate known pictures anew; what people said stays." };
    private readonly Option<bool> _retry = new("--retry-failed") { Description = "Try files again that could not be read before." };
    private readonly Option<bool> _copy = new("--copy") { Description = "Copy the pictures into the library, so that they stay when the folders go." };
    private readonly ExcludeOption _exclude = new();
    private readonly Option<bool> _emptied = new("--emptied") { Description = "A folder that is empty was emptied on purpose: mark its pictures missing." };
    private readonly LibraryOption _library = new();

    public IndexCommand()
        : base("index", "Take the pictures of some folders into a library: described, embedded, findable.", "pictor index ~/Pictures", "pictor index pictures/ --model runs/mnist/model.pictor --library lib/")
    {
        Add(_paths);
        Add(_model);
        Add(_library);
        Add(_again);
        Add(_retry);
        Add(_copy);
        Add(_exclude);
        Add(_emptied);
    }

    protected override string HowToResume(ParseResult parsed) => "Stopped. What was read is kept: the same command goes on from there.";

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        string[] paths = [.. parsed.GetRequiredValue(_paths).Select(Path.GetFullPath)];
        var choice = ModelChoice.Of(parsed.GetValue(_model));
        var options = new IndexOptions
        {
            Again = parsed.GetValue(_again),
            RetryFailed = parsed.GetValue(_retry),
            Copy = parsed.GetValue(_copy),
            Exclude = _exclude.Of(parsed),
            Emptied = parsed.GetValue(_emptied),
        };
        IndexOutcome outcome;
        using (ProgressDisplay progress = output.Progress())
        {
            await using ILibraryWriter writer = await LibraryWriter.OpenAsync(_library.Folder(parsed), output, cancellationToken);
            if (choice.Named is { } model)
                await writer.DeployAsync(model, cancellationToken);
            else if (choice.First is { } first && (await writer.ModelsAsync(cancellationToken)).Count == 0)
                await writer.DeployAsync(first, cancellationToken);
            outcome = await writer.IndexAsync(paths, options, progress, cancellationToken);
        }

        output.Result(outcome, () => string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Added} added, {outcome.Known} known, {outcome.Changed} changed, {outcome.Missing} missing, {outcome.Skipped.Count} skipped in {outcome.Seconds:0.0} s"));
        return output.Skips(outcome.Skipped);
    }
}
