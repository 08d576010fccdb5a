using System.Security.Cryptography;
using System.Text;
using Pictor.Training.Drawing;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>
/// One file that opens anywhere, offline, in light and dark. Its policy forbids every network access and every script but its own, known by its hash,
/// so that names of classes and files can do no harm.
/// </summary>
internal static class PageFrame
{
    /// <param name="kind">A word above the title.</param>
    /// <param name="title">Text of anyone.</param>
    /// <param name="head">Markup below the title.</param>
    /// <param name="body">Markup of the sections.</param>
    /// <param name="data">JSON for the script, without an end tag in it.</param>
    public static string Html(string kind, string title, string head, string body, string data)
    {
        string script = Resource("report.js"), style = Resource("report.css");
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Safe(title)}: {Safe(kind.ToLowerInvariant())}</title>
            <style>:root{"{"}{ChartStyle.Light}{"}"}@media(prefers-color-scheme:dark){"{"}:root{"{"}{ChartStyle.Dark}{"}}"}
            {ChartStyle.Embedded}
            {style}</style>
            </head>
            <body>
            <main>
            <header><p class="kind">{Safe(kind)}</p><h1>{Safe(title)}</h1>{head}</header>
            {body}
            </main>
            <dialog id="view"><div class="bar-top"><h2 id="view-title"></h2><button type="button" id="view-close" aria-label="Close">✕</button></div><p id="view-note"></p><div class="cards" id="view-cards"></div><ul class="files" id="view-rest"></ul></dialog>
            <script type="application/json" id="data">{data}</script>
            <script>{script}</script>
            </body>
            </html>

            """;
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(PageFrame).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
