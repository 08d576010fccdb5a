using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Terminal;
using Pictor.Library;
using Pictor.Models.Packages;

namespace Pictor.Cli.Library;

/// <summary><c>models list</c>.</summary>
internal sealed class ModelsListCommand : PictorCommand
{
    private readonly LibraryOption _library = new();

    public ModelsListCommand()
        : base("list", "The packages that are deployed; the active one is marked.", "pictor models list", "pictor models list --library lib/ --json") => Add(_library);

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        IReadOnlyList<ModelItem> items = library.Models.List();
        output.Result(new { items }, () => Text(items));
        return ExitCode.Done;
    }

    internal static string Text(IReadOnlyList<ModelItem> items)
    {
        if (items.Count == 0) return "No model is deployed. 'pictor models add FILE' deploys one.";
        var text = new StringBuilder();
        foreach (ModelItem item in items)
            text.AppendLine(CultureInfo.InvariantCulture, $"{(item.Active ? '*' : ' ')} {item.Name}@{item.Version}  {item.Classes} classes, embedding of {item.EmbeddingLength}, added {item.AddedAt:yyyy-MM-dd}");
        return text.ToString();
    }
}

/// <summary><c>models add</c>.</summary>
internal sealed class ModelsAddCommand : ModelsChange
{
    private readonly Argument<string> _file = new("file") { Description = "A package NAME.pictor." };

    public ModelsAddCommand()
        : base("add", "Validate a package and deploy it; the first one becomes active.", "pictor models add runs/mnist/model.pictor", "pictor models add mine.pictor --library lib/") => Add(_file);

    protected override Task<ModelItem?> ChangeAsync(ILibraryWriter writer, ParseResult parsed, CancellationToken cancellationToken) =>
        Known(writer.AddModelAsync(Path.GetFullPath(ShippedPackages.PathOf(parsed.GetRequiredValue(_file))), cancellationToken));
}

/// <summary><c>models use</c>.</summary>
internal sealed class ModelsUseCommand : ModelsChange
{
    private readonly Argument<string> _reference = new("model") { Description = "NAME, or NAME@VERSION." };

    public ModelsUseCommand()
        : base("use", "Make a deployed package the active one.", "pictor models use mnist-mnist-cnn", "pictor models use mnist-mnist-cnn@1.0.0 --library lib/") => Add(_reference);

    protected override Task<ModelItem?> ChangeAsync(ILibraryWriter writer, ParseResult parsed, CancellationToken cancellationToken) =>
        Known(writer.UseModelAsync(parsed.GetRequiredValue(_reference), cancellationToken));
}

/// <summary><c>models rollback</c>.</summary>
internal sealed class ModelsRollbackCommand : ModelsChange
{
    public ModelsRollbackCommand()
        : base("rollback", "Go back to the package that was active before.", "pictor models rollback", "pictor models rollback --library lib/")
    {
    }

    protected override Task<ModelItem?> ChangeAsync(ILibraryWriter writer, ParseResult parsed, CancellationToken cancellationToken) =>
        Known(writer.RollbackModelAsync(cancellationToken));
}

/// <summary><c>models remove</c>.</summary>
internal sealed class ModelsRemoveCommand : ModelsChange
{
    private readonly Argument<string> _reference = new("model") { Description = "NAME, or NAME@VERSION; not the active one." };

    public ModelsRemoveCommand()
        : base("remove", "Remove a package that is not active.", "pictor models remove old@1.0.0", "pictor models remove old --library lib/") => Add(_reference);

    protected override async Task<ModelItem?> ChangeAsync(ILibraryWriter writer, ParseResult parsed, CancellationToken cancellationToken)
    {
        await writer.RemoveModelAsync(parsed.GetRequiredValue(_reference), cancellationToken);
        return null;
    }
}

/// <summary>A change, then the list as it is now.</summary>
internal abstract class ModelsChange : PictorCommand
{
    private readonly LibraryOption _library = new();

    protected ModelsChange(string name, string description, params string[] examples)
        : base(name, description, examples) => Add(_library);

    protected abstract Task<ModelItem?> ChangeAsync(ILibraryWriter writer, ParseResult parsed, CancellationToken cancellationToken);

    protected static async Task<ModelItem?> Known(Task<ModelItem> change) => await change;

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        await using ILibraryWriter writer = await LibraryWriter.OpenAsync(_library.Folder(parsed), output, cancellationToken);
        ModelItem? changed = await ChangeAsync(writer, parsed, cancellationToken);
        IReadOnlyList<ModelItem> items = await writer.ModelsAsync(cancellationToken);
        output.Result(new { changed, items }, () => ModelsListCommand.Text(items));
        return ExitCode.Done;
    }
}
