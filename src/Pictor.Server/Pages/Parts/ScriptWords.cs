using System.Text.Json;

namespace Pictor.Server.Pages.Parts;

/// <summary>JSON that may stand in HTML: the default encoder escapes every character that HTML or a script knows.</summary>
internal static class ScriptWords
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);
}
