using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Imaging;
using Pictor.Library;

namespace Pictor.Cli.Correcting;

/// <summary>Which pictures a change is for: named one by one, or all results of a search or of a tag.</summary>
internal sealed class Selection
{
    private readonly Argument<string[]> _pictures = new("picture") { Description = "Pictures: ids, or files that are in the library.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _query = new("--query", "-q") { Description = "All pictures that these words find, however many.", HelpName = "WORDS" };
    private readonly Option<string> _tagged = new("--tagged") { Description = "All pictures with this tag.", HelpName = "TAG" };

    public void AddTo(Command command)
    {
        command.Add(_pictures);
        command.Add(_query);
        command.Add(_tagged);
        command.Validators.Add(result =>
        {
            int ways = (result.GetValue(_pictures) is { Length: > 0 } ? 1 : 0) + (result.GetValue(_query) is null ? 0 : 1) + (result.GetValue(_tagged) is null ? 0 : 1);
            if (ways != 1)
                result.AddError(ways == 0 ? "Say which pictures: ids or files, --query WORDS or --tagged TAG." : "Name the pictures in one way: ids or files, --query or --tagged.");
        });
    }

    /// <summary>Here, and as the server takes it.</summary>
    public async Task<(PictureSelection Here, object Ids, object? Query)> OfAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_query) is { } text)
            return (new PictureSelection { Query = new PictureQuery(text, null) }, null!, new { text });
        if (parsed.GetValue(_tagged) is { } tag)
            return (new PictureSelection { Filter = new PictureFilter(tag) }, null!, new { tag });
        IReadOnlyList<string> ids = await IdsOfAsync(parsed.GetValue(_pictures)!, cancellationToken);
        return (new PictureSelection { Ids = ids }, ids, null);
    }

    /// <summary>Ids of pictures that are named by id or by file.</summary>
    /// <exception cref="InputException">One is neither.</exception>
    public static async Task<IReadOnlyList<string>> IdsOfAsync(IEnumerable<string> pictures, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (string picture in pictures)
            ids.Add(await IdOfAsync(picture, cancellationToken));
        return ids;
    }

    private static async Task<string> IdOfAsync(string picture, CancellationToken cancellationToken)
    {
        string file = Path.GetFullPath(picture);
        if (File.Exists(file))
            return ContentHash.IdOf(await File.ReadAllBytesAsync(file, cancellationToken));
        return picture.Length == 16 && picture.All(char.IsAsciiHexDigitLower)
            ? picture
            : throw new InputException(picture, "there is no such file, and it is not a picture id (16 hex digits)", "Name a file of the library, or an id from 'pictor search --json'.");
    }
}

/// <summary><c>--user</c>: who makes a change; a server that owns the library makes it in the name it was started with.</summary>
internal sealed class PersonOption : Option<string>
{
    public PersonOption()
        : base("--user")
    {
        Description = "Who makes the change (default: the user of this computer).";
        HelpName = "NAME";
    }

    public string Of(ParseResult parsed) => Settings.Of("user", parsed.GetValue(this)) ?? Environment.UserName;
}
