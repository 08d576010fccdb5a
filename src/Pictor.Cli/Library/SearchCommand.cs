using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary><c>search</c>: by words, by picture, or both.</summary>
internal sealed class SearchCommand : PictorCommand
{
    private readonly Argument<string[]> _words = new("words") { Description = "Words: tags, file names.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _image = new("--image", "-i") { Description = "A picture to resemble: a file, or the id of one in the library.", HelpName = "FILE|ID" };
    private readonly Option<int> _limit = LimitOption.Create();
    private readonly Option<string> _cursor = new("--cursor") { Description = "Go on from an earlier answer." };
    private readonly LibraryOption _library = new();

    public SearchCommand()
        : base("search", "Find pictures by words, by example, or both.", "pictor search beach", "pictor search --image seven.png --library lib/ --limit 5")
    {
        Add(_words);
        Add(_image);
        Add(_limit);
        Add(_cursor);
        Add(_library);
        Validators.Add(result =>
        {
            if (result.GetValue(_words) is not { Length: > 0 } && result.GetValue(_image) is null)
                result.AddError("Say what to look for: words, or --image FILE.");
        });
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        string? text = parsed.GetValue(_words) is { Length: > 0 } words ? string.Join(' ', words) : null;
        PictureExample? picture = parsed.GetValue(_image) is { } image ? await Example.FromAsync(image, cancellationToken) : null;
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        Page<Hit> page = await library.FindAsync(new PictureQuery(text, picture), parsed.GetValue(_limit), parsed.GetValue(_cursor), cancellationToken);
        output.Result(HitsText.Json(page), () => HitsText.Of(page));
        return ExitCode.Done;
    }
}
