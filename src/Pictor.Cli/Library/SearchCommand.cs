using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary><c>search</c>: by words, by picture, or both.</summary>
internal sealed class SearchCommand : PictorCommand
{
    private readonly Argument<string[]> _words = new("words")
    {
        Description = "Words: tags, texts, names; -words; filters such as tag:beach date:2023 rating:>=4 (docs/search.md).",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _image = new("--image", "-i") { Description = "A picture to resemble: a file, or the id of one in the library.", HelpName = "FILE|ID" };
    private readonly Option<string> _region = new("--region") { Description = "The part of that picture that counts: X,Y,WIDTH,HEIGHT as fractions 0..1.", HelpName = "BOX" };
    private readonly Option<string[]> _like = new("--like") { Description = "More like this picture: file or id; may be repeated.", HelpName = "FILE|ID", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _dislike = new("--dislike") { Description = "Less like this one; may be repeated.", HelpName = "FILE|ID", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string> _filter = new("--filter") { Description = "Filters alone.", HelpName = "FILTERS" };
    private readonly Option<SearchSort> _sort = new("--sort") { Description = "In which order.", DefaultValueFactory = _ => SearchSort.Relevance };
    private readonly Option<bool> _weaker = new("--weaker") { Description = "Also show what fits hardly better than chance." };
    private readonly Option<int> _limit = LimitOption.Create();
    private readonly Option<string> _cursor = new("--cursor") { Description = "Go on from an earlier answer." };
    private readonly LibraryOption _library = new();

    public SearchCommand()
        : base("search", "Find pictures by words, by example, or both.", "pictor search \"beach date:2023-07 -people\"", "pictor search --image seven.png --library lib/ --limit 5")
    {
        Add(_words);
        Add(_image);
        Add(_region);
        Add(_like);
        Add(_dislike);
        Add(_filter);
        Add(_sort);
        Add(_weaker);
        Add(_limit);
        Add(_cursor);
        Add(_library);
        Validators.Add(result =>
        {
            if (result.GetValue(_words) is not { Length: > 0 } && result.GetValue(_image) is null && result.GetValue(_filter) is null
                && result.GetValue(_like) is not { Length: > 0 } && result.GetValue(_dislike) is not { Length: > 0 })
            {
                result.AddError("Say what to look for: words, --filter FILTERS, or --image FILE.");
            }

            if (result.GetValue(_region) is not null && result.GetValue(_image) is null)
                result.AddError("--region is a part of a picture. Name the picture with --image.");
        });
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        string? text = parsed.GetValue(_words) is { Length: > 0 } words ? string.Join(' ', words) : null;
        PictureExample? picture = parsed.GetValue(_image) is { } image ? await Example.FromAsync(image, cancellationToken) : null;
        if (parsed.GetValue(_region) is { } region)
            picture = picture! with { Region = RegionText.Parse(region) };
        var query = new PictureQuery(text, picture)
        {
            Filter = parsed.GetValue(_filter),
            Sort = parsed.GetValue(_sort),
            Like = await Example.AllAsync(parsed.GetValue(_like), cancellationToken),
            Dislike = await Example.AllAsync(parsed.GetValue(_dislike), cancellationToken),
            IncludeWeaker = parsed.GetValue(_weaker),
        };
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        Page<Hit> page = await library.FindAsync(query, parsed.GetValue(_limit), parsed.GetValue(_cursor), cancellationToken);
        output.Result(HitsText.Json(page), () => HitsText.Of(page));
        return ExitCode.Done;
    }
}
