using System.CommandLine;
using System.Globalization;
using Pictor.Cli.Library;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Correcting;

/// <summary>A command that changes the library and can be undone: by this process, or by the server that owns it.</summary>
internal abstract class ChangeCommand : PictorCommand
{
    private readonly LibraryOption _library = new();
    private readonly PersonOption _person = new();

    protected ChangeCommand(string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Add(_library);
        Add(_person);
    }

    protected LibraryOption Library => _library;

    protected abstract Task<ChangeReceipt> ChangeAsync(ILibraryWriter writer, ParseResult parsed, string person, CancellationToken cancellationToken);

    /// <summary>What else to say once it is done.</summary>
    protected virtual Task AfterAsync(ParseResult parsed, ChangeReceipt receipt, CommandOutput output, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        ChangeReceipt receipt;
        await using (ILibraryWriter writer = await LibraryWriter.OpenAsync(_library.Folder(parsed), output, cancellationToken))
            receipt = await ChangeAsync(writer, parsed, _person.Of(parsed), cancellationToken);
        output.Result(receipt, () => Text(receipt));
        await AfterAsync(parsed, receipt, output, cancellationToken);
        return ExitCode.Done;
    }

    private static string Text(ChangeReceipt receipt)
    {
        string kept = receipt.Kept > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {receipt.Kept} statements were changed again later and stay") : "";
        return receipt.Undo is { } undo
            ? string.Create(CultureInfo.InvariantCulture, $"{receipt.Changed} {(receipt.Changed == 1 ? "picture" : "pictures")} changed{kept}. Take it back: pictor undo {undo}")
            : $"Nothing to change{kept}.";
    }
}

/// <summary>A change of a selection of pictures.</summary>
internal abstract class BulkCommand : ChangeCommand
{
    protected BulkCommand(string name, string description, params string[] examples)
        : base(name, description, examples)
    {
    }

    protected Selection Pictures { get; } = new();

    protected abstract BulkChange ChangeOf(ParseResult parsed);

    protected override async Task<ChangeReceipt> ChangeAsync(ILibraryWriter writer, ParseResult parsed, string person, CancellationToken cancellationToken)
    {
        (PictureSelection here, object ids, object? query) = await Pictures.OfAsync(parsed, cancellationToken);
        BulkChange change = ChangeOf(parsed);
        return await writer.DoAsync(
            library => library.ChangeAsync(here, change, person, cancellationToken), HttpMethod.Post, "annotations/bulk",
            new { ids, query, change.Accept, change.Reject, change.Add, change.Remove, change.Favourite, change.Rating, change.Hidden }, cancellationToken);
    }
}
