using Microsoft.Playwright;

namespace Pictor.Server.Tests;

/// <summary>What people do to pages: reload too early, click twice, go back, pull the plug; and small screens.</summary>
public sealed class HostilePageTests(Chromium chromium) : InBrowser(chromium)
{
    [Fact]
    public async Task Reload_InMidUpload_GoesOnUntilAllPicturesAreThere()
    {
        await Page.GotoAsync(Url);
        await Page.RouteAsync("**/api/v1/images", route => route.Request.Method == "POST" ? Task.CompletedTask : route.ContinueAsync()); // never answered
        await Page.Locator("pictor-upload input").SetInputFilesAsync([.. Enumerable.Range(40, 5).Select(i => Payload($"late {i}.png", TestPictures.Png(i)))]);
        await Assertions.Expect(Page.Locator("pictor-uploads li")).ToHaveCountAsync(5);
        await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await Page.ReloadAsync();
        await Assertions.Expect(Page.Locator("pictor-uploads h2")).ToHaveTextAsync("5 added, 0 known, 0 rejected");
        await GridIsReadyAsync(14);
        await Page.ReloadAsync();
        await GridIsReadyAsync(14);
        await Assertions.Expect(Page.Locator("pictor-uploads")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Upload_ThatFails_IsTriedAgain()
    {
        await Page.GotoAsync(Url);
        await Page.RouteAsync("**/api/v1/images", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await Page.Locator("pictor-upload input").SetInputFilesAsync([Payload("a.png", TestPictures.Png(41)), Payload("b.png", TestPictures.Png(42))]);
        await Assertions.Expect(Page.Locator("pictor-uploads li[data-state=failed]")).ToHaveCountAsync(2);
        await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await Page.Locator("pictor-uploads [data-retry]").ClickAsync();
        await Assertions.Expect(Page.Locator("pictor-uploads li[data-state=added]")).ToHaveCountAsync(2);
        await GridIsReadyAsync(11);
    }

    [Fact]
    public async Task Server_Restarted_ThePageGoesOnWithoutAReload()
    {
        await Page.GotoAsync(Url);
        await GridIsReadyAsync(9);
        string url = Url;
        await Server.StopAsync();
        await Assertions.Expect(Page.Locator(".offline")).ToBeVisibleAsync();
        await Page.Locator(".tile .open").First.ClickAsync();
        await Assertions.Expect(Page.Locator(".toast.bad")).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await AddressIsAsync("/");
        string folder = Server.Folder;
        Server = await TestServer.StartAsync(options => options with { Url = url }, model: false, folder: folder, remove: true);
        await Assertions.Expect(Page.Locator(".offline")).ToBeHiddenAsync();
        await Page.Locator(".tile .open").Nth(1).ClickAsync();
        await Assertions.Expect(Page.Locator("#tags .tags").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task DoubleClick_OpensOnce_RejectsOnce_AndBackLeadsToTheGrid()
    {
        await Page.GotoAsync(Url);
        await GridIsReadyAsync(9);
        await Page.Locator(".tile .open").First.DblClickAsync(new() { Force = true });
        await AddressIsAsync("/pictures/*");
        await Assertions.Expect(Page.Locator(".stage.zoomed")).ToHaveCountAsync(0);
        ILocator rows = Page.Locator("[data-annotation]");
        await Assertions.Expect(rows.First).ToBeVisibleAsync();
        int before = await rows.CountAsync();
        await Page.Locator("[data-reject]").First.DblClickAsync(new() { Force = true });
        await Assertions.Expect(rows).ToHaveCountAsync(before - 1);
        await Page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(rows).ToHaveCountAsync(before);
        await Page.GoBackAsync();
        await AddressIsAsync("/");
        await Assertions.Expect(Page.Locator("#overlay")).ToHaveCountAsync(0);
        await Page.GoForwardAsync();
        await Assertions.Expect(Page.Locator("pictor-viewer")).ToHaveCountAsync(1);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Viewer_ByKeysAlone_AcceptsRejectsAddsAndTakesBack()
    {
        await Page.GotoAsync(Url);
        await GridIsReadyAsync(9);
        await Page.Locator(".tile .open").First.ClickAsync();
        ILocator rows = Page.Locator("[data-annotation]");
        await Assertions.Expect(rows.First).ToBeVisibleAsync();
        int before = await rows.CountAsync();
        string second = (await rows.Nth(1).GetAttributeAsync("data-value"))!;
        await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("y");
        ILocator accepted = Page.Locator($"[data-annotation][data-value=\"{second}\"]");
        await Assertions.Expect(accepted.Locator(".source")).ToHaveTextAsync("by ada");
        await Page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(accepted.Locator(".source")).ToHaveTextAsync("digits@1.0.0");
        await accepted.FocusAsync();
        await Page.Keyboard.PressAsync("n");
        await Assertions.Expect(rows).ToHaveCountAsync(before - 1);
        await Page.Keyboard.PressAsync("a");
        await Page.Keyboard.TypeAsync("mine");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator("[data-annotation][data-value=mine]")).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.PressAsync("z");
        await Assertions.Expect(Page.Locator(".stage.zoomed")).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.PressAsync("3");
        await Assertions.Expect(Page.Locator(".star[aria-pressed=true]")).ToHaveCountAsync(3);
        await Page.Keyboard.PressAsync("Escape");
        await AddressIsAsync("/");
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Phone_EveryView_FitsTheWidth_AndUploadsWork()
    {
        await Page.SetViewportSizeAsync(390, 844);
        await Page.GotoAsync(Url);
        await GridIsReadyAsync(9);
        string id = await Page.Locator(".tile").First.GetAttributeAsync("data-id") ?? "";
        foreach (string view in (string[])["/", "/?q=digit", $"/?similar={id}", $"/pictures/{id}", $"/recommend?like={id}", "/recommend", "/jobs", "/duplicates", "/models", "/?q=nothing%20fits%20this", "/no-such-page", "/?lang=zh", $"/pictures/{id}"])
        {
            await Page.GotoAsync(Url + view);
            Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{view} is wider than a phone");
        }

        await Page.GotoAsync(Url + "/?lang=en");
        await Page.Locator("pictor-upload input").SetInputFilesAsync([Payload("new.png", TestPictures.Png(31)), Payload("bad.txt", "hello"u8.ToArray())]);
        await Assertions.Expect(Page.Locator("pictor-uploads h2")).ToHaveTextAsync("1 added, 0 known, 1 rejected");
        await Assertions.Expect(Page.Locator("pictor-uploads li[data-state=rejected]")).ToContainTextAsync("no picture format");
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }
}
