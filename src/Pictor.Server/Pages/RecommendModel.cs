namespace Pictor.Server.Pages;

/// <summary>Examples and what they lead to. All of it stands in the address: like and dislike are lists of ids.</summary>
public sealed record RecommendModel(IReadOnlyList<Tile> Like, IReadOnlyList<Tile> Dislike, IReadOnlyList<Tile> Tiles)
{
    internal string With(string? like = null, string? dislike = null, string? without = null)
    {
        string likes = string.Join(',', Ids(Like, without, dislike).Append(like).OfType<string>());
        string dislikes = string.Join(',', Ids(Dislike, without, like).Append(dislike).OfType<string>());
        string[] parts = [.. new[] { likes.Length > 0 ? $"like={likes}" : null, dislikes.Length > 0 ? $"dislike={dislikes}" : null }.OfType<string>()];
        return parts.Length == 0 ? "/recommend" : "/recommend?" + string.Join('&', parts);
    }

    private static IEnumerable<string> Ids(IEnumerable<Tile> tiles, string? without, string? moved) =>
        tiles.Select(tile => tile.Picture.Id).Where(id => id != without && id != moved);
}
