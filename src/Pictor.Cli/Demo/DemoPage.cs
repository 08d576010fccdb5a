using Pictor.Cli.Serving;
using Pictor.Cli.Terminal;
using Pictor.Server;

namespace Pictor.Cli.Demo;

/// <summary>The end of both demos: the library on a page, and what to try there.</summary>
internal static class DemoPage
{
    public static async Task ServeAsync(string library, string? url, bool open, bool trained, CommandOutput output, CancellationToken cancellationToken)
    {
        var options = new ServerOptions { Library = library };
        options = options with { Url = Settings.Of("url", url) ?? options.Url, Key = Settings.Of("key", null) };
        await PictorServer.RunAsync(options, Ready, cancellationToken);

        void Ready(string address)
        {
            if (output.Json) output.JsonLine(new { url = address });
            output.Say(trained
                ? $"\n4. Look at it\n  Open {address}/ in a browser: click a picture for its tags and what looks like it, drop one to search by it.\nCtrl-C stops."
                : $"""

                Look at it: {address}/
                Try         {address}/?q=red+circle
                            {address}/?q=%E7%BA%A2%E8%89%B2%E5%9C%86   (红色圆)
                Click a picture for its tags and what looks like it. Ctrl-C stops.
                """);
            if (open) Browser.Open(address, output);
        }
    }
}
