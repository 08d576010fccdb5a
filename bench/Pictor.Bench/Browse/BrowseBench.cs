using System.Globalization;
using Microsoft.Playwright;
using Pictor.Bench.Serve;

namespace Pictor.Bench.Browse;

/// <summary>What a person waits for in the browser, in milliseconds; each the median of the rounds, the rounds beside it.</summary>
/// <param name="Processor">What it ran on.</param>
/// <param name="Pictures">How many the library has.</param>
/// <param name="FirstPictures">Cold (a new profile): from the address to every picture of the first screen being there.</param>
/// <param name="WholeGrid">The same, to the scroll bar being true to all pictures.</param>
/// <param name="SearchResults">From the last key to the results' first screen.</param>
/// <param name="PictureOpens">From the click to the picture being there, large.</param>
/// <param name="PictureComplete">The same, to everything that is told of it.</param>
/// <param name="Middle">From a jump to the middle of the scroll bar to the pictures there.</param>
/// <param name="Back">From the way back to the grid being there.</param>
/// <param name="Rounds">Each round.</param>
internal sealed record BrowseReport(
    string Processor, int Pictures, double FirstPictures, double WholeGrid, double SearchResults, double PictureOpens, double PictureComplete, double Middle, double Back,
    IReadOnlyList<BrowseRound> Rounds);

/// <summary>One round, in a profile of its own.</summary>
internal sealed record BrowseRound(double? IdleShare, double FirstPictures, double WholeGrid, double SearchResults, double PictureOpens, double PictureComplete, double Middle, double Back);

/// <summary>browse: the page in the system's chromium against a server in a process of its own, both on the same cores.</summary>
internal static class BrowseBench
{
    // Times are taken inside the page, frame by frame, so that the way to this program does not count. Ready: all pictures that can be seen are loaded.
    private const string Watch = """
        window.pictorBench = {
          ready: () => {
            const seen = [...document.querySelectorAll('pictor-grid .tile img')].filter(image => { const box = image.getBoundingClientRect(); return box.width > 0 && box.bottom > 0 && box.top < innerHeight; });
            return seen.length > 0 && seen.every(image => image.complete && image.naturalWidth > 0);
          },
          until: test => new Promise(done => { const look = () => test() ? done(performance.now()) : requestAnimationFrame(look); look(); }),
        };
        if (window === top) pictorBench.first = pictorBench.until(() => pictorBench.ready());
        addEventListener('keydown', () => { pictorBench.key = performance.now(); }, true);
        addEventListener('click', () => { pictorBench.click = performance.now(); }, true);
        """;

    public static async Task<BrowseReport> RunAsync(Flags flags, TextWriter output)
    {
        flags.Allow("pictures", "seeds", "rounds", "model", "library", "word");
        int pictures = flags.Number("pictures", 100_000), rounds = flags.Number("rounds", 5);
        string package = Path.GetFullPath(flags.Text("model", "models/starter/starter.pictor")), word = flags.Text("word", "red");
        string kept = flags.Text("library", ""), folder = kept.Length > 0 ? Path.GetFullPath(kept) : Directory.CreateTempSubdirectory("pictor-bench-").FullName;
        try
        {
            if (!File.Exists(Path.Combine(folder, "library", "catalogue.db")))
                await LargeLibrary.MakeAsync(folder, package, pictures, flags.Number("seeds", 400));
            using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(folder, "library"), package);
            await ReadyAsync(server.Url);
            using IPlaywright playwright = await Playwright.CreateAsync();
            string chromium = Array.Find(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"], File.Exists)
                ?? throw new InputException("browse", "there is no chromium on this machine", "Install Debian's package 'chromium'.");
            await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
            var all = new List<BrowseRound>();
            for (int i = 0; i < rounds; i++)
            {
                all.Add(await RoundAsync(browser, server.Url, pictures, word));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all[^1]}"));
            }

            var report = new BrowseReport(
                Machine.Processor, pictures, Median(r => r.FirstPictures), Median(r => r.WholeGrid), Median(r => r.SearchResults), Median(r => r.PictureOpens), Median(r => r.PictureComplete),
                Median(r => r.Middle), Median(r => r.Back), all);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pictures:N0} pictures, {report.Processor}; server {server.ResidentMegabytes():0} MB"));
            foreach ((string what, double value, string asked) in ((string, double, string)[])[
                ("first pictures, cold", report.FirstPictures, "<= 1500"), ("whole grid laid out, cold", report.WholeGrid, ""), ($"results of '{word}' after the last key", report.SearchResults, "<= 250"),
                ("a picture opens", report.PictureOpens, "<= 150"), ("... with all that is told of it", report.PictureComplete, ""), ("pictures in the middle", report.Middle, ""), ("back to the grid", report.Back, "")])
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-45}{value,8:0} ms   {asked}"));
            }

            return report;

            double Median(Func<BrowseRound, double> of) => all.Select(of).Order().ElementAt(all.Count / 2);
        }
        finally
        {
            if (kept.Length == 0)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BrowseRound> RoundAsync(IBrowser browser, string url, int pictures, string word)
    {
        double? idle = Machine.IdleShare();
        await using IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.AddInitScriptAsync(Watch);
        await page.GotoAsync(url, new() { WaitUntil = WaitUntilState.Commit });
        double first = await page.EvaluateAsync<double>("pictorBench.first");
        double whole = await page.EvaluateAsync<double>($"pictorBench.until(() => document.querySelector('pictor-grid').outline?.count === {pictures})");
        await Task.Delay(500);

        double middle = await page.EvaluateAsync<double>("""
            (async () => { scrollTo(0, document.body.scrollHeight / 2); const start = performance.now(); await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
              return await pictorBench.until(() => pictorBench.ready()) - start; })()
            """);
        await page.EvaluateAsync("scrollTo(0, 0)");
        await Task.Delay(700);

        ILocator tile = page.Locator(".tile .open").Nth(3);
        string id = (await tile.GetAttributeAsync("data-id"))!;
        await tile.ClickAsync();
        double opens = await page.EvaluateAsync<double>("pictorBench.until(() => document.querySelector('.stage img')?.naturalWidth > 0).then(now => now - pictorBench.click)");
        double complete = await page.EvaluateAsync<double>($"pictorBench.until(() => document.querySelector('pictor-viewer[data-id=\"{id}\"] .stage img')?.naturalWidth > 0).then(now => now - pictorBench.click)");
        await Task.Delay(500);
        double back = await page.EvaluateAsync<double>("(async () => { const start = performance.now(); history.back(); return await pictorBench.until(() => !document.querySelector('#overlay') && pictorBench.ready()) - start; })()");

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(word, new() { Delay = 60 });
        double results = await page.EvaluateAsync<double>($"pictorBench.until(() => document.querySelector('pictor-grid')?.dataset.source === 'q={Uri.EscapeDataString(word)}' && pictorBench.ready()).then(now => now - pictorBench.key)");
        return new(idle, first, whole, results, opens, complete, middle, back);
    }

    private static async Task ReadyAsync(string url)
    {
        using var client = new HttpClient();
        while (!(await client.GetAsync(new Uri(url + "/health/ready"))).IsSuccessStatusCode)
            await Task.Delay(100);
    }
}
