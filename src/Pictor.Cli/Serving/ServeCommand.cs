using System.CommandLine;
using Pictor.Cli.Library;
using Pictor.Cli.Terminal;
using Pictor.Library;
using Pictor.Server;

namespace Pictor.Cli.Serving;

/// <summary><c>serve</c>: the REST surface and the page over one library.</summary>
internal sealed class ServeCommand : PictorCommand
{
    private readonly Argument<string[]> _folders = new("folder") { Description = "Folders to index and look after, in the background; the library remembers them.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _url = new("--url") { Description = "Where to listen (http://localhost:5080); port 0 picks one." };
    private readonly Option<string> _model = ModelChoice.Option("A package to deploy and use; else the one that the library uses, else the starter.");
    private readonly Option<string> _key = new("--key") { Description = "A key that clients must show; needed to listen beyond this machine. Better: PICTOR_KEY." };
    private readonly Option<bool> _open = new("--open") { Description = "Open the page in the browser." };
    private readonly Option<string> _user = new("--user") { Description = "Whose name changes carry when no key names one." };
    private readonly ExcludeOption _exclude = new();
    private readonly Option<double> _sweep = new("--sweep") { Description = "Minutes between two walks over all watched folders (15), for what notifications do not tell; 0: do not watch.", DefaultValueFactory = _ => 15 };
    private readonly LibraryOption _library = new();

    public ServeCommand()
        : base("serve", "Serve a library: a page to look at and REST for programs, on this machine.", "pictor serve", "pictor serve ~/Pictures --library lib/ --url http://localhost:8080")
    {
        Add(_folders);
        Add(_library);
        Add(_url);
        Add(_model);
        Add(_key);
        Add(_user);
        Add(_open);
        Add(_exclude);
        Add(_sweep);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        var choice = ModelChoice.Of(parsed.GetValue(_model));
        ServerOptions options = new() { Library = _library.Folder(parsed) };
        options = options with
        {
            Url = Settings.Of("url", parsed.GetValue(_url)) ?? options.Url,
            Model = choice.Named,
            Key = Settings.Of("key", parsed.GetValue(_key)),
            User = Settings.Of("user", parsed.GetValue(_user)) ?? options.User,
            FirstModel = choice.First,
            Exclude = _exclude.Of(parsed),
            Watch = Watch(parsed.GetValue(_sweep)),
            Folders = [.. (parsed.GetValue(_folders) ?? []).Select(Path.GetFullPath)],
        };
        if (options.Exclude is not null && options.Folders.Count == 0)
            throw new InputException("--exclude", "no folder is named that it could be kept with", "Name the folder: pictor serve FOLDER --exclude PATTERN.");
        await PictorServer.RunAsync(options, Ready, cancellationToken);
        return ExitCode.Done;

        void Ready(string url)
        {
            if (output.Json) output.JsonLine(new { url });
            else output.Say($"Serving {options.Library}\n  page  {url}/\n  REST  {url}/api/v1   described at {url}/openapi/v1.json\nCtrl-C stops.");
            if (parsed.GetValue(_open)) Browser.Open(url, output);
        }
    }

    private static WatchOptions? Watch(double minutes)
    {
        if (!double.IsFinite(minutes) || minutes is < 0 or > 24 * 60)
            throw new InputException("--sweep", $"{minutes} is no number of minutes between 0 and 1440", "Give the minutes between two walks, or 0 to watch nothing.");
        return minutes == 0 ? null : new WatchOptions { Sweep = TimeSpan.FromMinutes(minutes) };
    }
}
