using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary><c>similar</c>: the nearest pictures to one, always as many as asked for.</summary>
internal sealed class SimilarCommand : PictorCommand
{
    private readonly Argument<string> _picture = new("picture") { Description = "A file, or the id of a picture in the library." };
    private readonly Option<int> _limit = LimitOption.Create();
    private readonly Option<string> _cursor = new("--cursor") { Description = "Go on from an earlier answer." };
    private readonly LibraryOption _library = new();

    public SimilarCommand()
        : base("similar", "The pictures that look most like one.", "pictor similar seven.png --limit 10", "pictor similar 0123456789abcdef --library lib/ --json")
    {
        Add(_picture);
        Add(_limit);
        Add(_cursor);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        PictureExample example = await Example.FromAsync(parsed.GetRequiredValue(_picture), cancellationToken);
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        Page<Hit> page = example.Id is { } id
            ? library.Similar(id, parsed.GetValue(_limit), parsed.GetValue(_cursor))
            : await library.FindAsync(new PictureQuery(null, example), parsed.GetValue(_limit), parsed.GetValue(_cursor), cancellationToken);
        output.Result(HitsText.Json(page), () => HitsText.Of(page));
        return ExitCode.Done;
    }
}
