using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary><c>recommend</c>: pictures for someone who likes some and dislikes others.</summary>
internal sealed class RecommendCommand : PictorCommand
{
    private readonly Option<string[]> _like = new("--like") { Description = "A picture that is liked: file or id; may be repeated.", HelpName = "FILE|ID", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _dislike = new("--dislike") { Description = "A picture that is not; may be repeated.", HelpName = "FILE|ID", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _seen = new("--seen") { Description = "An id to leave out because it was seen already; may be repeated.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int> _limit = LimitOption.Create();
    private readonly LibraryOption _library = new();

    public RecommendCommand()
        : base("recommend", "Pictures to like next, from examples of what is liked and what is not.", "pictor recommend --like seven.png --limit 10", "pictor recommend --like a.jpg b.jpg --dislike c.jpg --library lib/")
    {
        Add(_like);
        Add(_dislike);
        Add(_seen);
        Add(_limit);
        Add(_library);
        Validators.Add(result =>
        {
            if (result.GetValue(_like) is not { Length: > 0 } && result.GetValue(_dislike) is not { Length: > 0 })
                result.AddError("Name at least one example: --like FILE or --dislike FILE.");
        });
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        IReadOnlyList<PictureExample> like = await Example.AllAsync(parsed.GetValue(_like), cancellationToken);
        IReadOnlyList<PictureExample> dislike = await Example.AllAsync(parsed.GetValue(_dislike), cancellationToken);
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        Page<Hit> page = await library.RecommendAsync(like, dislike, parsed.GetValue(_seen) ?? [], parsed.GetValue(_limit), cancellationToken);
        output.Result(HitsText.Json(page), () => HitsText.Of(page));
        return ExitCode.Done;
    }
}
