using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary>An example as people name it: a file, or the id of a picture in the library.</summary>
internal static class Example
{
    public static async Task<PictureExample> FromAsync(string text, CancellationToken cancellationToken)
    {
        string file = Path.GetFullPath(text);
        if (!File.Exists(file))
        {
            if (text.Length == 16 && text.All(char.IsAsciiHexDigitLower)) return new PictureExample(text);
            throw new InputException(text, "there is no such file, and it is not a picture id (16 hex digits)", "Name a picture file, or an id from 'pictor search --json'.");
        }

        try
        {
            return new PictureExample(null, file, await File.ReadAllBytesAsync(file, cancellationToken));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(file, $"the file cannot be read ({fault.Message})", "Check its rights.", fault);
        }
    }

    public static async Task<IReadOnlyList<PictureExample>> AllAsync(IEnumerable<string>? texts, CancellationToken cancellationToken)
    {
        var examples = new List<PictureExample>();
        foreach (string text in texts ?? []) examples.Add(await FromAsync(text, cancellationToken));
        return examples;
    }
}
