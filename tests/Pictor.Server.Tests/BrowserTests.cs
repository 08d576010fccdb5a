using Microsoft.Playwright;

namespace Pictor.Server.Tests;

/// <summary>The page in a real browser (the system's chromium; nothing is downloaded).</summary>
public sealed class BrowserTests(Chromium chromium) : InBrowser(chromium)
{
    [Fact]
    public async Task Viewer_RejectedTag_StaysRejectedOverReloadAndComesBackWithUndo()
    {
        await Page.GotoAsync(Url);
        await Page.Locator(".tile .open").First.ClickAsync();
        await AddressIsAsync("/pictures/*");
        await Assertions.Expect(Page.Locator(".strip .tile").First).ToBeVisibleAsync();
        ILocator tags = Page.Locator("#tags > ul.tags > li > a");
        await Assertions.Expect(tags.First).ToBeVisibleAsync();
        int before = await tags.CountAsync();
        string rejected = await tags.First.InnerTextAsync();

        await Page.Locator("[data-reject]").First.ClickAsync();
        await Page.Locator(".toast").WaitForAsync();
        await Page.ReloadAsync();
        Assert.Equal(before - 1, await tags.CountAsync());
        Assert.DoesNotContain(rejected, await tags.AllInnerTextsAsync());

        await Page.Locator("#tags summary").ClickAsync();
        await Page.Locator(".rejected [data-accept]").First.ClickAsync();
        await Assertions.Expect(tags).ToHaveCountAsync(before);
        Assert.Contains(rejected, await tags.AllInnerTextsAsync());
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Viewer_NewTag_IsAddedByThePersonAndFindsThePicture()
    {
        await Page.GotoAsync(Url);
        await Page.Locator(".tile .open").First.ClickAsync();
        await Page.Locator("form[data-add] input").FillAsync("看板 sign");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator("#tags .tags")).ToContainTextAsync("看板 sign");
        await Assertions.Expect(Page.Locator("#tags .tags")).ToContainTextAsync("by ada");
        await Page.GetByRole(AriaRole.Link, new() { Name = "看板 sign" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".grid .tile")).ToHaveCountAsync(1);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Upload_Files_AppearInTheLibrary()
    {
        await Page.GotoAsync(Url);
        await Page.Locator("pictor-upload input").SetInputFilesAsync(
            [Payload("new.png", TestPictures.Png(31)), Payload("known.png", TestPictures.Png(1)), Payload("bad.txt", "hello"u8.ToArray())]);
        await Assertions.Expect(Page.Locator("pictor-uploads h2")).ToHaveTextAsync("1 added, 1 known, 1 rejected");
        await Assertions.Expect(Page.Locator(".grid .tile")).ToHaveCountAsync(10);
        // The browser itself notes the refused file's 415 on its console.
        Assert.All(Complaints, complaint => Assert.Contains("415", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SearchByPicture_FromOutside_ShowsPictureAndLikes()
    {
        await Page.GotoAsync(Url);
        await Page.Locator("pictor-query input").SetInputFilesAsync(Payload("asked.png", TestPictures.Png(60)));
        await AddressIsAsync("/search");
        await Assertions.Expect(Page.Locator("h1")).ToContainTextAsync("asked.png");
        await Assertions.Expect(Page.Locator(".grid .tile").First).ToBeVisibleAsync();
        Assert.True(await Page.Locator(".heading img.example").EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0"));
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Keyboard_Alone_MovesThroughGridAndViewer()
    {
        await Page.GotoAsync(Url);
        await Page.Keyboard.PressAsync("/");
        Assert.Equal("q", await Page.EvaluateAsync<string>("document.activeElement.name"));
        await Page.Keyboard.PressAsync("Escape");
        await Page.Locator(".tile .open").First.FocusAsync();
        string[] ids = await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.tile .open')].map(link => link.dataset.id)");
        await Page.Keyboard.PressAsync("ArrowRight");
        await Page.Keyboard.PressAsync("Enter");
        await AddressIsAsync($"/pictures/{ids[1]}");
        await Page.Keyboard.PressAsync("ArrowRight");
        await AddressIsAsync($"/pictures/{ids[2]}");
        await Page.Keyboard.PressAsync("ArrowLeft");
        await AddressIsAsync($"/pictures/{ids[1]}");
        await Page.Keyboard.PressAsync("Escape");
        await AddressIsAsync("/");
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Examples_LikedInGridAndViewer_LeadToRecommendations()
    {
        await Page.GotoAsync(Url);
        await Page.Locator(".tile").First.HoverAsync();
        await Page.Locator(".tile [data-mark=like]").First.ClickAsync();
        await Page.Locator(".tile .open").Nth(8).ClickAsync();
        await Page.Locator(".panel [data-mark=dislike]").ClickAsync();
        await Page.GetByText("Show recommendations").ClickAsync();
        await AddressIsAsync("/recommend?like=*&dislike=*");
        await Assertions.Expect(Page.Locator(".examples li")).ToHaveCountAsync(2);
        await Assertions.Expect(Page.Locator(".grid .tile")).ToHaveCountAsync(7);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Chinese_Chosen_StaysOnTheNextPage()
    {
        await Page.GotoAsync(Url);
        await Page.GetByRole(AriaRole.Link, new() { Name = "中文" }).ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("全部图片");
        await Page.Locator(".tile .open").First.ClickAsync();
        await Assertions.Expect(Page.Locator("#tags h2")).ToHaveTextAsync("标签");
        Assert.Equal("zh-Hans", await Page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Tiny_Picture_IsShownCrispAndAllImagesLoad()
    {
        await Page.GotoAsync(Url);
        Assert.Equal("pixelated", await Page.Locator(".tile.tiny img").First.EvaluateAsync<string>("image => getComputedStyle(image).imageRendering"));
        Assert.True(await Page.EvaluateAsync<bool>("Promise.all([...document.querySelectorAll('.grid img')].map(image => image.decode())).then(() => true)"));
        Assert.Empty(Complaints);
    }
}
