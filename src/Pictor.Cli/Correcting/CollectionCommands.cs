using System.CommandLine;
using System.Globalization;
using Pictor.Cli.Library;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Correcting;

/// <summary><c>collection list</c>.</summary>
internal sealed class CollectionListCommand : PictorCommand
{
    private readonly LibraryOption _library = new();

    public CollectionListCommand()
        : base("list", "All collections.", "pictor collection list", "pictor collection list --json") => Add(_library);

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        IReadOnlyList<CollectionItem> items = library.Collections();
        output.Result(new { items }, () => items.Count == 0 ? "No collection yet. 'pictor collection create NAME' makes one." : string.Join('\n', items.Select(Text)));
        return ExitCode.Done;
    }

    private static string Text(CollectionItem item) =>
        string.Create(CultureInfo.InvariantCulture, $"{item.Id,6}  {item.Name}  ({(item.Query is null ? $"{item.Pictures} pictures" : $"finds {item.Query}")}, by {item.Person})");
}

/// <summary><c>collection show</c>.</summary>
internal sealed class CollectionShowCommand : PictorCommand
{
    private readonly Argument<string> _name = new("collection") { Description = "Its name or id." };
    private readonly Option<int> _limit = LimitOption.Create();
    private readonly Option<string> _cursor = new("--cursor") { Description = "Go on from an earlier answer." };
    private readonly LibraryOption _library = new();

    public CollectionShowCommand()
        : base("show", "The pictures of a collection.", "pictor collection show Lisbon", "pictor collection show Lisbon --limit 100 --json")
    {
        Add(_name);
        Add(_limit);
        Add(_cursor);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        Page<PictureItem> page = await library.CollectionPicturesAsync(parsed.GetRequiredValue(_name), parsed.GetValue(_limit), parsed.GetValue(_cursor), cancellationToken);
        output.Result(page, () => page.Items.Count == 0 ? "No pictures." : string.Join('\n', page.Items.Select(p => $"{p.Id}  {p.File}")) + (page.NextCursor is null ? "" : $"\nMore with --cursor {page.NextCursor}"));
        return ExitCode.Done;
    }
}

/// <summary><c>collection create</c>.</summary>
internal sealed class CollectionCreateCommand : PictorCommand
{
    private readonly Argument<string> _name = new("name") { Description = "Its name." };
    private readonly Argument<string[]> _pictures = new("picture") { Description = "Its first pictures: ids, or files that are in the library.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _find = new("--find") { Description = "A saved query: the collection is whatever these words find.", HelpName = "WORDS" };
    private readonly LibraryOption _library = new();
    private readonly PersonOption _person = new();

    public CollectionCreateCommand()
        : base("create", "Make a collection: by hand, or of a saved query.", "pictor collection create Lisbon lisbon/*.jpg", "pictor collection create Dogs --find dog")
    {
        Add(_name);
        Add(_pictures);
        Add(_find);
        Add(_library);
        Add(_person);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        string name = parsed.GetRequiredValue(_name);
        string? query = parsed.GetValue(_find);
        IReadOnlyList<string>? ids = parsed.GetValue(_pictures) is { Length: > 0 } pictures ? await Selection.IdsOfAsync(pictures, cancellationToken) : null;
        await using ILibraryWriter writer = await LibraryWriter.OpenAsync(_library.Folder(parsed), output, cancellationToken);
        CollectionItem item = await writer.DoAsync(
            async library => (await library.CreateCollectionAsync(name, query, ids is null ? null : new PictureSelection { Ids = ids }, _person.Of(parsed), cancellationToken)).Item,
            HttpMethod.Post, "collections", new { name, query, ids }, cancellationToken);
        output.Result(item, () => string.Create(CultureInfo.InvariantCulture, $"Collection {item.Id}: {item.Name}"));
        return ExitCode.Done;
    }
}

/// <summary><c>collection add | remove</c>.</summary>
internal sealed class CollectionPutCommand : ChangeCommand
{
    private readonly Argument<string> _name = new("collection") { Description = "Its name or id." };
    private readonly Selection _pictures = new();
    private readonly bool _add;

    public CollectionPutCommand(string verb, string description, params string[] examples)
        : base(verb, description, examples)
    {
        _add = verb == "add";
        Add(_name);
        _pictures.AddTo(this);
    }

    protected override async Task<ChangeReceipt> ChangeAsync(ILibraryWriter writer, ParseResult parsed, string person, CancellationToken cancellationToken)
    {
        string name = parsed.GetRequiredValue(_name);
        (PictureSelection here, object ids, object? query) = await _pictures.OfAsync(parsed, cancellationToken);
        if (!_add && here.Ids is null)
            throw new InputException("--query", "pictures are taken out one by one", "Name them: ids or files.");
        return await writer.DoAsync(
            library => library.ChangeCollectionAsync(name, null, null, _add ? here : null, _add ? null : here, person, cancellationToken),
            HttpMethod.Patch, $"collections/{Uri.EscapeDataString(name)}", _add ? new { add = ids, addQuery = query } : new { remove = ids }, cancellationToken);
    }
}

/// <summary><c>collection delete</c>.</summary>
internal sealed class CollectionDeleteCommand : ChangeCommand
{
    private readonly Argument<string> _name = new("collection") { Description = "Its name or id." };

    public CollectionDeleteCommand()
        : base("delete", "Delete a collection; its pictures stay.", "pictor collection delete Lisbon", "pictor collection delete 3 --library lib/") => Add(_name);

    protected override Task<ChangeReceipt> ChangeAsync(ILibraryWriter writer, ParseResult parsed, string person, CancellationToken cancellationToken)
    {
        string name = parsed.GetRequiredValue(_name);
        return writer.DoAsync(library => library.DeleteCollectionAsync(name, person, cancellationToken), HttpMethod.Delete, $"collections/{Uri.EscapeDataString(name)}", null, cancellationToken);
    }
}

/// <summary><c>groups</c>.</summary>
internal sealed class GroupsCommand : PictorCommand
{
    private readonly Option<GroupBy> _by = new("--by") { Description = "event: by gaps in time; look: by what the model sees.", DefaultValueFactory = _ => GroupBy.Event };
    private readonly Option<int> _limit = LimitOption.Create();
    private readonly LibraryOption _library = new();

    public GroupsCommand()
        : base("groups", "Pictures that belong together, named from their tags: events, or looks.", "pictor groups", "pictor groups --by look --json")
    {
        Add(_by);
        Add(_limit);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        IReadOnlyList<PictureGroup> all = await library.GroupsAsync(parsed.GetValue(_by), cancellationToken);
        PictureGroup[] items = [.. all.Take(parsed.GetValue(_limit))];
        output.Result(new { items, total = all.Count }, () => items.Length == 0 ? "No groups: too few pictures, or none that tells its time." : string.Join('\n', items.Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Pictures,6}  {(g.Name.Length == 0 ? "(no tags)" : g.Name)}  {g.Ids[0]} ..."))));
        return ExitCode.Done;
    }
}
