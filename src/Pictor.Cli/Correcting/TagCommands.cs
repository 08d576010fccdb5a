using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Library;
using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Correcting;

/// <summary><c>tag add | remove | accept | reject</c>: one tag, any number of pictures.</summary>
internal sealed class TagChangeCommand : BulkCommand
{
    private readonly Argument<string> _tag = new("tag") { Description = "The tag." };
    private readonly string _verb;

    public TagChangeCommand(string verb, string description, params string[] examples)
        : base(verb, description, examples)
    {
        _verb = verb;
        Add(_tag);
        Pictures.AddTo(this);
    }

    protected override BulkChange ChangeOf(ParseResult parsed)
    {
        string[] tag = [parsed.GetRequiredValue(_tag)];
        return _verb switch
        {
            "add" => new BulkChange { Add = tag },
            "remove" => new BulkChange { Remove = tag },
            "accept" => new BulkChange { Accept = tag },
            _ => new BulkChange { Reject = tag },
        };
    }

    /// <summary>Who finds a wrong tag has seldom found the only one.</summary>
    protected override async Task AfterAsync(ParseResult parsed, ChangeReceipt receipt, CommandOutput output, CancellationToken cancellationToken)
    {
        if (_verb != "reject" || receipt.Undo is null || (await Pictures.OfAsync(parsed, cancellationToken)).Here.Ids is not [var id])
            return;
        await using PictureLibrary library = await Library.OpenToReadAsync(parsed, cancellationToken);
        if (library.Models.ActiveReference is null)
            return;
        string tag = parsed.GetRequiredValue(_tag);
        Page<Hit> alike;
        try
        {
            alike = library.Lookalikes(id, tag, 5);
        }
        catch (InputException)
        {
            return; // a model without embeddings, or a picture that is away: there is nothing to offer, and the rejection is made
        }

        if (alike.Total == 0)
            return;
        output.Say(string.Create(CultureInfo.InvariantCulture, $"{alike.Total} {(alike.Total == 1 ? "picture looks" : "pictures look")} alike and {(alike.Total == 1 ? "carries" : "carry")} '{tag}' too:"));
        foreach (Hit hit in alike.Items)
            output.Say(string.Create(CultureInfo.InvariantCulture, $"  {hit.Score:0.000}  {hit.Id}  {hit.File}"));
        output.Say($"Reject it there too: pictor tag reject {(tag.Contains(' ', StringComparison.Ordinal) ? $"\"{tag}\"" : tag)} {string.Join(' ', alike.Items.Select(h => h.Id))}");
    }
}

/// <summary><c>tag rename</c> and <c>tag merge</c>.</summary>
internal sealed class TagRenameCommand : ChangeCommand
{
    private readonly Argument<string[]> _from;
    private readonly Option<string> _to = new("--into", "--to") { Description = "The word they get.", Required = true, HelpName = "TAG" };

    public TagRenameCommand(string verb, string description, params string[] examples)
        : base(verb, description, examples)
    {
        _from = new("tag") { Description = verb == "merge" ? "The tags that become one." : "The tag as it is.", Arity = ArgumentArity.OneOrMore };
        Add(_from);
        Add(_to);
        Validators.Add(result =>
        {
            if (verb == "rename" && result.GetValue(_from) is { Length: > 1 })
                result.AddError("One tag gets another word. To make one tag of several: pictor tag merge.");
        });
    }

    protected override Task<ChangeReceipt> ChangeAsync(ILibraryWriter writer, ParseResult parsed, string person, CancellationToken cancellationToken)
    {
        string[] from = parsed.GetRequiredValue(_from);
        string to = parsed.GetRequiredValue(_to);
        return writer.DoAsync(library => library.RenameTagAsync(from, to, person, cancellationToken), HttpMethod.Post, "tags/rename", new { from, to }, cancellationToken);
    }
}

/// <summary><c>tag list</c>.</summary>
internal sealed class TagListCommand : PictorCommand
{
    private readonly Argument<string> _picture = new("id") { Description = "A picture, to see what was said of it; else every tag of the library.", Arity = ArgumentArity.ZeroOrOne };
    private readonly LibraryOption _library = new();

    public TagListCommand()
        : base("list", "Every tag and how many pictures carry it, or what was said of one picture.", "pictor tag list", "pictor tag list 0123456789abcdef --json")
    {
        Add(_picture);
        Add(_library);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        await using PictureLibrary library = await _library.OpenToReadAsync(parsed, cancellationToken);
        if (parsed.GetValue(_picture) is not { } id)
        {
            IReadOnlyList<TagCount> items = library.Tags();
            output.Result(new { items }, () => items.Count == 0 ? "No picture has a tag." : string.Join('\n', items.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Count,8}  {t.Value}"))));
            return ExitCode.Done;
        }

        if (library.Get(id) is null)
            throw new InputException(id, "no picture of this library has this id", "Ids are 16 hex digits; 'pictor search --json' tells them.") { Code = "picture.unknown" };
        IReadOnlyList<AnnotationItem> said = library.Annotations(id);
        output.Result(new { items = said }, () => Text(said));
        return ExitCode.Done;
    }

    private static string Text(IReadOnlyList<AnnotationItem> said)
    {
        var text = new StringBuilder();
        foreach (AnnotationItem item in said)
            text.AppendLine(CultureInfo.InvariantCulture, $"{(item.Rejected ? "rejected" : item.Kind.ToString().ToLowerInvariant()),-8} {item.Confidence,5:0.00}  {item.Value}  ({item.Source})");
        return text.Length == 0 ? "Nothing was said of it." : text.ToString();
    }
}

/// <summary><c>rate</c>: stars and favourites.</summary>
internal sealed class RateCommand : BulkCommand
{
    private readonly Option<int?> _stars = new("--stars") { Description = "0 (none) to 5." };
    private readonly Option<bool?> _favourite = new("--favourite") { Description = "Mark as favourite; 'false' takes the mark away." };

    public RateCommand()
        : base("rate", "Give pictures stars, or mark them as favourites.", "pictor rate --stars 4 sunset.jpg", "pictor rate --favourite --query beach")
    {
        Add(_stars);
        Add(_favourite);
        Pictures.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_stars) is null && result.GetValue(_favourite) is null)
                result.AddError("Say what to set: --stars 0..5 or --favourite.");
        });
    }

    protected override BulkChange ChangeOf(ParseResult parsed) => new() { Rating = parsed.GetValue(_stars), Favourite = parsed.GetValue(_favourite) };
}
