using Pictor.Library;

namespace Pictor.Server.Images;

internal static class PictureLookup
{
    /// <summary>The picture, or the error that every route gives for an unknown one.</summary>
    public static PictureItem GetOrThrow(this PictureLibrary library, string id) => library.Get(id) ?? throw Unknown(id);

    public static InputException Unknown(string id) =>
        new($"picture '{id}'", "is not in this library", "GET /api/v1/images lists the pictures; ids have 16 hex digits.") { Code = "picture.unknown" };
}
