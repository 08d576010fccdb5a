using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pictor.Imaging;
using Pictor.Library;

namespace Pictor.Server.Tests;

public sealed class SidecarTests
{
    [Fact]
    public async Task Sidecars_AreSaidThenWrittenThroughTheServerThatOwnsTheLibrary()
    {
        await using TestServer server = await TestServer.StartAsync(model: false);
        string folder = Path.Combine(server.Folder, "pics"), picture = Path.Combine(folder, "a.png");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(picture, PictureWriter.Png(new Pixels(8, 8, 1, new byte[64])));
        await server.Host.Services.GetRequiredService<PictureLibrary>().IndexAsync([folder], cancellationToken: TestContext.Current.CancellationToken);
        string id = ContentHash.IdOf(File.ReadAllBytes(picture));
        (await server.PostAsync($"images/{id}/annotations", """{"value": "cat"}""")).EnsureSuccessStatusCode();

        JsonElement said = await TestServer.JsonAsync(await server.PostAsync("sidecars", "{}"));
        Assert.False(File.Exists(picture + ".xmp"));
        JsonElement written = await TestServer.JsonAsync(await server.PostAsync("sidecars", JsonSerializer.Serialize(new { apply = true, paths = new[] { folder } })));

        Assert.Equal(said.GetProperty("items").GetRawText(), written.GetProperty("items").GetRawText());
        Assert.Equal("cat", Assert.Single(XmpReader.Read(File.ReadAllBytes(picture + ".xmp")).Keywords).Word);
        await TestServer.AssertProblemAsync(await server.PostAsync("sidecars", """{"paths": ["pics"]}"""), 400, "body.invalid-field");
    }

    [Fact]
    public async Task Upload_HeicWithoutADecoder_Is415WithTheWayOut()
    {
        Assert.SkipWhen(HeifSupport.Find() is not null, "libheif's program is here.");
        await using TestServer server = await TestServer.StartAsync(model: false);
        byte[] size = [0, 0, 0, 20, .. "ispe"u8, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 48];
        byte[] container = [0, 0, 0, 28, .. "ipco"u8, .. size], association = [0, 0, 0, 20, .. "ipma"u8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0x81];
        byte[] heic =
        [
            0, 0, 0, 20, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1"u8,
            0, 0, 0, 82, .. "meta"u8, 0, 0, 0, 0, 0, 0, 0, 14, .. "pitm"u8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 56, .. "iprp"u8, .. container, .. association,
        ];

        await TestServer.AssertProblemAsync(await server.SendAsync("images", ("files", "a.heic", heic)), 415, HeifSupport.MissingCode);
    }
}
