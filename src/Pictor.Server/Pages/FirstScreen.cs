using Pictor.Library;

namespace Pictor.Server.Pages;

/// <summary>
/// Results while one types come with their thumbnails: two dozen requests, each of some milliseconds in a browser, are saved between the last letter and the pictures.
/// </summary>
internal static class FirstScreen
{
    /// <summary>Bytes of one picture and of all; what is larger is fetched by its address as ever.</summary>
    private const int MostOfOne = 48 << 10, MostInAll = 640 << 10;

    /// <summary>The tiles, with the pictures in them that the script asked for and that are kept already.</summary>
    public static Tile[] Embed(PictureLibrary library, PageContext page, IEnumerable<Tile> tiles)
    {
        if (page.Thumbnails is not { } size)
            return [.. tiles];
        int left = MostInAll;
        return [.. tiles.Select(tile => Picture(library, tile, size) is { } picture && picture.Bytes.Length <= Math.Min(MostOfOne, left) ? With(tile, picture) : tile)];

        Tile With(Tile tile, PictureContent picture)
        {
            left -= picture.Bytes.Length;
            return tile with { Embedded = $"data:{picture.MediaType};base64,{Convert.ToBase64String(picture.Bytes)}" };
        }
    }

    private static PictureContent? Picture(PictureLibrary library, Tile tile, int size) =>
        tile.Picture.Missing ? null : tile.SendOriginal ? library.Content(tile.Picture.Id) : library.KeptThumbnail(tile.Picture.Id, size);
}
