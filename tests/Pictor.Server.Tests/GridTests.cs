using System.Text.Json;
using Microsoft.Playwright;

namespace Pictor.Server.Tests;

/// <summary>The grid in a browser: what is drawn of many pictures, the way back, choosing and changing many.</summary>
public sealed class GridTests(Chromium chromium) : InBrowser(chromium)
{
    private const string Grid = "document.querySelector('pictor-grid')";

    protected override int Digits => 240;

    protected override BrowserNewPageOptions Options => new() { Locale = "en-US", ViewportSize = new() { Width = 900, Height = 360 } };

    [Fact]
    public async Task ManyPictures_AreLaidOutInFullAndDrawnNearTheViewOnly_AndTheWayBackLeadsToTheSamePlace()
    {
        await Page.GotoAsync(Url);
        await GridIsReadyAsync(241);
        Assert.InRange(await Page.Locator(".grid .tile").CountAsync(), 20, 140);
        double height = await Page.EvaluateAsync<double>("document.querySelector('.grid').offsetHeight");
        await Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        await EventuallyAsync($"!!document.querySelector(`[data-id=\"${{{Grid}.outline.id(240)}}\"] img`)?.naturalWidth");
        Assert.InRange(await Page.Locator(".grid .tile").CountAsync(), 20, 140);
        Assert.Equal(height, await Page.EvaluateAsync<double>("document.querySelector('.grid').offsetHeight"));

        // Every picture stands once, within the width, below the one before or beside it.
        Assert.True(await Page.EvaluateAsync<bool>($$"""
            (() => {
              const { layout, outline } = {{Grid}}, width = {{Grid}}.clientWidth + 1;
              for (let i = 0; i < outline.count; i++) {
                if (layout.lefts[i] + layout.spans[i] > width) return false;
                if (i > 0 && layout.rowOf[i] === layout.rowOf[i - 1] && layout.lefts[i] < layout.lefts[i - 1] + layout.spans[i - 1]) return false;
                if (i > 0 && layout.rowOf[i] !== layout.rowOf[i - 1] && layout.rowOf[i] !== layout.rowOf[i - 1] + 1) return false;
              }
              return layout.rowOf[outline.count - 1] === layout.rows - 1;
            })()
            """));

        await Page.EvaluateAsync("scrollTo(0, 700)");
        await EventuallyAsync("history.state?.place?.i > 0");
        double top = await Page.EvaluateAsync<double>("scrollY");
        string id = await Page.EvaluateAsync<string>($"{Grid}.outline.id({Grid}.place().i + 15)");
        await Page.Locator($"[data-id=\"{id}\"] .open").ClickAsync();
        await AddressIsAsync("/pictures/" + id);
        await Page.GoBackAsync();
        await AddressIsAsync("/");
        Assert.InRange(await Page.EvaluateAsync<double>("scrollY"), top - 100, top + 100);
        await Page.ReloadAsync();
        await EventuallyAsync("scrollY > 500");
        Assert.InRange(await Page.EvaluateAsync<double>("scrollY"), top - 100, top + 100);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Choosing_ByCornerShiftAndKeys_ThenTagging_ChangesAllAndIsTakenBack()
    {
        await Page.GotoAsync(Url);
        await GridIsReadyAsync(241);
        string[] ids = await Page.EvaluateAsync<string[]>($"[...{Grid}.outline.all()]");
        await Page.Locator(".tile").Nth(1).HoverAsync();
        await Page.Locator(".tile .pick").Nth(1).ClickAsync();
        await Page.Locator(".tile .open").Nth(4).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(Page.Locator("pictor-bulk .count")).ToHaveTextAsync("4 selected");
        await Page.Locator(".tile .open").Nth(5).FocusAsync();
        await Page.Keyboard.PressAsync("Space");
        await Page.Keyboard.PressAsync("Shift+ArrowRight");
        await Assertions.Expect(Page.Locator("pictor-bulk .count")).ToHaveTextAsync("6 selected");

        await Page.Keyboard.PressAsync("a");
        await Page.Keyboard.TypeAsync("看 me");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator(".toast")).ToContainTextAsync("6 changed");
        Assert.Equal(ids[1..7].Order(), await TaggedAsync("看 me"));
        await Page.Locator(".toast button").First.ClickAsync();
        await Assertions.Expect(Page.Locator(".toast")).ToContainTextAsync("Undone.");
        Assert.Empty(await TaggedAsync("看 me"));

        // All results, by one question rather than by every id; a double click is one change.
        await Page.Keyboard.PressAsync("Control+a");
        await Assertions.Expect(Page.Locator("pictor-bulk .count")).ToHaveTextAsync("241 selected");
        await Page.Locator("pictor-bulk [data-do=add]").ClickAsync();
        await Page.Locator("pictor-bulk input").FillAsync("everything");
        await Page.Locator("pictor-bulk form .button").DblClickAsync(new() { Force = true });
        await Assertions.Expect(Page.Locator(".toast").Last).ToContainTextAsync("241 changed");
        Assert.Equal(241, (await TaggedAsync("everything")).Count);
        await Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Page.Locator("pictor-bulk")).ToBeHiddenAsync();
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Keys_OnAPicture_GiveStarsFavouriteAndHide_EachWithUndo()
    {
        await Page.GotoAsync(Url);
        await GridIsReadyAsync(241);
        string id = await Page.EvaluateAsync<string>($"{Grid}.outline.id(0)");
        ILocator tile = Page.Locator($".tile[data-id=\"{id}\"]");
        await tile.Locator(".open").FocusAsync();
        await Page.Keyboard.PressAsync("4");
        await Assertions.Expect(tile.Locator(".stars")).ToHaveTextAsync("★★★★");
        await tile.Locator(".open").FocusAsync();
        await Page.Keyboard.PressAsync("f");
        await Assertions.Expect(tile.Locator(".favourite")).ToBeVisibleAsync();
        JsonElement item = await Server.GetAsync("images/" + id);
        Assert.Equal((4, true), (item.GetProperty("rating").GetInt32(), item.GetProperty("favourite").GetBoolean()));
        await Page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(tile.Locator(".favourite")).ToBeHiddenAsync();

        await tile.Locator(".open").FocusAsync();
        await Page.Keyboard.PressAsync("h");
        await GridIsReadyAsync(240);
        await Assertions.Expect(tile).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("Control+z");
        await GridIsReadyAsync(241);
        await Assertions.Expect(tile).ToHaveCountAsync(1);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Search_LetterTypedAndTakenBack_LeavesResultsAndAddressAsTheyWere()
    {
        await Page.GotoAsync(Url);
        await GridIsReadyAsync(241);
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync("hills");
        await EventuallyAsync($"{Grid}?.dataset.source === 'q=hills'");
        // The answer to the longer question is on its way when the letter goes.
        await Page.RouteAsync("**/?q=hillsx", async route => { await Task.Delay(300); await route.ContinueAsync(); });
        await Page.Keyboard.TypeAsync("x");
        await EventuallyAsync("location.search === '?q=hillsx'");
        await Page.Keyboard.PressAsync("Backspace");
        await EventuallyAsync("location.search === '?q=hills' && !document.body.classList.contains('asking')");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal("q=hills", await Page.EvaluateAsync<string>($"{Grid}.dataset.source"));
        await Page.GoBackAsync();
        await AddressIsAsync("/");
    }

    [Fact]
    public async Task Search_WhileTyping_ShowsResultsWithReasons_AndBackLeadsToAllPictures()
    {
        await Page.GotoAsync(Url);
        await GridIsReadyAsync(241);
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync("hills");
        await GridIsReadyAsync(1);
        await AddressIsAsync("/?q=hills");
        await Assertions.Expect(Page.Locator(".tile .why")).ToContainTextAsync("hills");
        Assert.StartsWith("data:image/jpeg;base64,", await Page.Locator(".tile img").GetAttributeAsync("src"), StringComparison.Ordinal);
        await Page.Locator(".tile .open").ClickAsync();
        await AddressIsAsync("/pictures/*?q=hills");
        await Page.ReloadAsync();
        await Page.Keyboard.PressAsync("Escape");
        await AddressIsAsync("/?q=hills");
        await GridIsReadyAsync(1);
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.PressAsync("End");
        await Page.Keyboard.TypeAsync(" xylophone");
        await Assertions.Expect(Page.Locator(".empty .chip")).ToHaveCountAsync(2);
        await Page.GoBackAsync();
        await GridIsReadyAsync(241);
        Assert.Empty(Complaints);
    }

    private async Task<IReadOnlyList<string>> TaggedAsync(string tag) =>
        [.. (await Server.GetAsync("images?limit=1000&tag=" + Uri.EscapeDataString(tag))).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!).Order()];
}
