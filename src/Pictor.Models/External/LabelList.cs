using System.Text;
using Pictor.Models.Labels;

namespace Pictor.Models.External;

/// <summary>The classes of a model from elsewhere, a line each in the order of its outputs: a package's labels.tsv, "id, tab, words" (the first word is the name, the others synonyms), or just a name.</summary>
public static class LabelList
{
    private const long MaxBytes = 64 << 20;

    /// <summary>Reads such a file.</summary>
    /// <exception cref="InputException">labels.invalid: missing, empty, or an id that stands twice.</exception>
    public static IReadOnlyList<Label> Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = new FileInfo(path).Length <= MaxBytes ? File.ReadAllBytes(path) : throw Invalid(path, $"it is longer than {MaxBytes >> 20} MiB", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, File.Exists(path) ? $"it cannot be read: {e.Message}" : "there is no such file", e);
        }

        string text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        try
        {
            return text.StartsWith("id\tenglish\t", StringComparison.Ordinal) ? LabelsFile.Read(Encoding.UTF8.GetBytes(text)) : Lines(path, text);
        }
        catch (FormatException e)
        {
            throw Invalid(path, e.Message, e);
        }
    }

    private static List<Label> Lines(string path, string text)
    {
        var labels = new List<Label>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((int index, string raw) in text.Split('\n').Index())
        {
            if (string.IsNullOrWhiteSpace(raw))
                continue;
            string[] columns = raw.TrimEnd('\r').Split('\t');
            string[] words = columns.Length > 1 ? columns[1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
            string id = columns[0].Trim();
            if (id.Length == 0 || !seen.Add(id))
                throw Invalid(path, id.Length == 0 ? $"line {index + 1} has no id" : $"line {index + 1} repeats '{id}'", null);
            labels.Add(words.Length == 0 ? new Label(id, id) : new Label(id, words[0]) { Synonyms = words[1..] });
        }

        return labels.Count > 0 ? labels : throw Invalid(path, "it names no class", null);
    }

    private static InputException Invalid(string path, string problem, Exception? inner) =>
        new(path, problem, "Write a class a line in the order of the model's outputs: a name, or an id, a tab and words.", inner) { Code = "labels.invalid" };
}
