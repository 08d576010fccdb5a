using System.Text.Json;
using Microsoft.Playwright;

namespace Pictor.Server.Tests;

/// <summary>Collections, groups, and the review of another model, in a browser.</summary>
public sealed class CollectionPageTests(Chromium chromium) : InBrowser(chromium)
{
    [Fact]
    public async Task Collection_MadeFromASelection_IsOpenedRenamedEmptiedAndDeleted_EachWithAWayBack()
    {
        await Page.GotoAsync(Url);
        await GridIsReadyAsync(9);
        string[] ids = await Page.EvaluateAsync<string[]>("[...document.querySelector('pictor-grid').outline.all()]");
        for (int i = 0; i < 3; i++)
        {
            await Page.Locator($".tile[data-id=\"{ids[i]}\"]").HoverAsync();
            await Page.Locator($".tile[data-id=\"{ids[i]}\"] .pick").ClickAsync();
        }

        await Page.Keyboard.PressAsync("c");
        await Page.Keyboard.TypeAsync("旅行 trip");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator(".toast")).ToContainTextAsync("3 put into “旅行 trip”");
        await Page.GotoAsync(Url + "/collections");
        await Assertions.Expect(Page.Locator(".card")).ToContainTextAsync("3 pictures");
        await Page.GotoAsync(Url);
        await Page.Locator(".side .collections a").ClickAsync();
        await AddressIsAsync("/?collection=1");
        await GridIsReadyAsync(3);

        await Page.Locator("pictor-collection summary").ClickAsync();
        await Page.Locator("[data-rename] input").FillAsync("Journey");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Journey");
        await GridIsReadyAsync(3);
        await Page.Locator($".tile[data-id=\"{ids[1]}\"]").HoverAsync();
        await Page.Locator($".tile[data-id=\"{ids[1]}\"] .pick").ClickAsync();
        await Page.Locator("[data-do=takeout]").ClickAsync();
        await GridIsReadyAsync(2);
        Assert.Equal(2, (await Server.GetAsync("collections/1")).GetProperty("pictures").GetInt32());
        await Page.Keyboard.PressAsync("Control+z");
        await GridIsReadyAsync(3);

        // A picture opened from here has its neighbours in here.
        await Page.Locator(".tile .open").First.ClickAsync();
        await AddressIsAsync("/pictures/*?collection=1");
        await Page.ReloadAsync();
        await Page.Locator("[data-step=\"1\"]").ClickAsync();
        await Page.Locator("[data-step=\"1\"]").ClickAsync();
        await Assertions.Expect(Page.Locator("[data-step=\"1\"]")).ToBeHiddenAsync();
        await Page.Keyboard.PressAsync("Escape");
        await AddressIsAsync("/?collection=1");

        await Page.Locator("[data-delete]").ClickAsync();
        await AddressIsAsync("/collections");
        await Assertions.Expect(Page.Locator(".card")).ToHaveCountAsync(0);
        await Page.Locator(".toast button").ClickAsync();
        await Assertions.Expect(Page.Locator(".card")).ToContainTextAsync("Journey");
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Search_Saved_IsACollectionOfWhateverItFinds()
    {
        await Page.GotoAsync(Url + "/?q=hills");
        await GridIsReadyAsync(1);
        await Page.Locator("pictor-save summary").ClickAsync();
        await Page.Locator("pictor-save input").FillAsync("All hills");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator(".toast")).ToContainTextAsync("Saved as “All hills”");
        await Server.AddAsync(TestPictures.Jpeg(9), "more hills.jpg");
        await Page.GotoAsync(Url + "/collections");
        await Assertions.Expect(Page.Locator(".card")).ToContainTextAsync("2 pictures · hills");
        await Page.Locator(".card a").ClickAsync();
        await GridIsReadyAsync(2);
        await Assertions.Expect(Page.Locator("[data-do=takeout]")).ToBeHiddenAsync();
        await Assertions.Expect(Page.Locator(".side .collections [aria-current=page]")).ToHaveTextAsync("All hills");
        await Page.Locator("pictor-collection a").ClickAsync();
        await AddressIsAsync("/?q=hills");

        // A name that is there already is told in words.
        await Page.Locator("pictor-save summary").ClickAsync();
        await Page.Locator("pictor-save input").FillAsync("all HILLS");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator(".toast.bad")).ToContainTextAsync("there already");
        Assert.All(Complaints, complaint => Assert.Contains("409", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Groups_ByLook_OpenIntoTheGridWithAllTheirPictures()
    {
        await Page.GotoAsync(Url + "/groups?by=event");
        await Assertions.Expect(Page.Locator(".empty")).ToContainTextAsync("None of these tells one.");
        await Page.Locator(".tabs a").Nth(2).ClickAsync();
        await AddressIsAsync("/groups?by=look");
        JsonElement groups = await Server.GetAsync("groups?by=look");
        await Assertions.Expect(Page.Locator(".card")).ToHaveCountAsync(groups.GetProperty("total").GetInt32());
        int pictures = groups.GetProperty("items")[0].GetProperty("pictures").GetInt32();
        await Page.Locator(".card a").First.ClickAsync();
        await AddressIsAsync("/?group=look&of=*");
        await GridIsReadyAsync(pictures);
        await Page.Locator(".tile .open").First.ClickAsync();
        await AddressIsAsync("/pictures/*?group=look&of=*");
        await Page.GoBackAsync();
        await GridIsReadyAsync(pictures);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Groups_ByEvent_TellWhenAndWhere_AndLeadToWhatIsNear()
    {
        for (int i = 0; i < 6; i++)
            await Server.AddAsync(TestPictures.Photo(20 + i, i < 2 ? $"2021:03:04 05:0{i}:00" : $"2023:05:19 09:1{i}:00"), $"photo {i}.jpg");
        await Page.GotoAsync(Url + "/groups?by=event");
        await Assertions.Expect(Page.Locator(".card")).ToHaveCountAsync(2);
        await Assertions.Expect(Page.Locator(".card").First).ToContainTextAsync("4 pictures");
        await Assertions.Expect(Page.Locator(".card").First).ToContainTextAsync("19 May 2023");
        await Page.Locator(".card a").First.ClickAsync();
        await AddressIsAsync("/?group=event&of=*");
        await GridIsReadyAsync(4);
        await Page.GetByRole(AriaRole.Link, new() { Name = "48.50° N, 2.25° E" }).ClickAsync();
        await AddressIsAsync("/?q=near%3A48.50%2C2.25");
        await GridIsReadyAsync(6);
        await Assertions.Expect(Page.Locator(".chip")).ToContainTextAsync("near:48.50,2.25");
        await Assertions.Expect(Page.Locator(".why")).ToHaveCountAsync(0);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task AnotherModel_IsReadReviewedSwitchedToRolledBackAndDiscarded()
    {
        string package = TestPictures.WritePackage(Path.Combine(Server.Folder, "other.pictor"), "other", seed: 5);
        (await Server.SendAsync("models", ("file", "other.pictor", await File.ReadAllBytesAsync(package, TestContext.Current.CancellationToken)))).Dispose();
        await Page.GotoAsync(Url + "/models");
        await Page.Locator("a[href^='/models/changes']").ClickAsync();
        await AddressIsAsync("/models/changes?to=other%401.0.0");
        await Assertions.Expect(Page.Locator(".empty")).ToContainTextAsync("has not read these pictures yet");
        await Page.Locator("[data-prepare]").ClickAsync();
        await Assertions.Expect(Page.Locator(".deltas")).ToBeVisibleAsync();
        JsonElement changes = await Server.GetAsync("models/changes?to=other");
        await GridIsReadyAsync(changes.GetProperty("total").GetInt32());
        await Assertions.Expect(Page.Locator(".tile .why").First).ToContainTextAsync(new System.Text.RegularExpressions.Regex("[+−↑↓]", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Assertions.Expect(Page.Locator("[data-prepare]")).ToHaveCountAsync(0);

        JsonElement tag = changes.GetProperty("tags").EnumerateArray().Last();
        int touched = tag.GetProperty("added").GetInt32() + tag.GetProperty("removed").GetInt32() + tag.GetProperty("moved").GetInt32();
        await Page.Locator(".deltas a").Last.ClickAsync();
        await ReviewOfOneTagAsync();
        await GridIsReadyAsync(touched);
        await Page.Locator(".tile .open").First.ClickAsync();
        await Assertions.Expect(Page.Locator(".with")).ToContainTextAsync(tag.GetProperty("value").GetString()!);
        await Page.ReloadAsync();
        await Page.Keyboard.PressAsync("Escape");
        await ReviewOfOneTagAsync();
        await GridIsReadyAsync(touched);

        await Page.Locator("[data-switch]").ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("other@1.0.0 is in use");
        Assert.True((await Server.GetAsync("models")).GetProperty("items")[1].GetProperty("active").GetBoolean());
        await Page.Locator(".toast button").First.ClickAsync();
        await Assertions.Expect(Page.Locator("[data-switch]")).ToBeVisibleAsync();
        Assert.True((await Server.GetAsync("models")).GetProperty("items")[0].GetProperty("active").GetBoolean());

        // One click is not enough to remove a model.
        await Page.Locator("[data-discard]").ClickAsync();
        await Assertions.Expect(Page.Locator("[data-discard]")).ToHaveTextAsync("Remove the model?");
        await Page.Locator("[data-discard]").ClickAsync();
        await AddressIsAsync("/models");
        await Assertions.Expect(Page.Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Empty(Complaints);
    }

    private async Task ReviewOfOneTagAsync()
    {
        await Assertions.Expect(Page.Locator(".deltas a").Last).ToHaveAttributeAsync("aria-current", "page");
        await Page.WaitForLoadStateAsync(LoadState.Load);
    }

    [Fact]
    public async Task Views_OnAPhone_FitInBothLanguages()
    {
        string package = TestPictures.WritePackage(Path.Combine(Server.Folder, "other.pictor"), "other-of-a-long-name", seed: 5);
        (await Server.SendAsync("models", ("file", "other.pictor", await File.ReadAllBytesAsync(package, TestContext.Current.CancellationToken)))).Dispose();
        (await Server.PostAsync("collections", """{ "name": "A collection with a name that is longer than a telephone is wide", "query": "hills" }""")).Dispose();
        await Page.SetViewportSizeAsync(390, 844);
        foreach (string language in new[] { "en", "zh" })
        {
            foreach (string address in new[] { "/?", "/?q=hills&", "/collections?", "/?collection=1&", "/groups?by=look&", "/groups?by=event&", "/models?", "/models/changes?to=other-of-a-long-name&", "/duplicates?", "/jobs?" })
            {
                await Page.GotoAsync($"{Url}{address}lang={language}");
                Assert.Equal(390, await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            }
        }

        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Views_OfWhatIsNotThere_SayWhat()
    {
        foreach ((string address, string problem) in new[]
        {
            ("/?collection=77", "no collection of this library is called that"), ("/?group=look&of=0000000000000000", "belongs to no group"),
            ("/?group=taste&of=1", "no way of grouping"), ("/models/changes?to=nobody", "no model of this name"),
        })
        {
            await Page.GotoAsync(Url + address);
            await Assertions.Expect(Page.Locator("main")).ToContainTextAsync(problem);
        }

        Complaints.Clear();
    }
}
