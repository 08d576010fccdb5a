using System.Text;

namespace Pictor.Datasets.Converting;

/// <summary>labels.tsv, which every format may have beside it: names, Chinese names and synonyms of classes whose id does not say it all.</summary>
internal static class LabelsFile
{
    public static void Write(Output output)
    {
        Label[] told = [.. output.Data.Labels.Where(l => !string.Equals(l.Id, l.Name, StringComparison.Ordinal) || l.Chinese is not null || l.Synonyms.Count > 0 || l.Broader.Count > 0)];
        if (told.Length == 0)
            return;
        var text = new StringBuilder();
        foreach (Label label in told)
            text.Append($"{Field(label.Id)}\t{Word(label.Name)}\t{Word(label.Chinese ?? "")}\t{Words(label.Synonyms)}\t{Words(label.Broader)}".TrimEnd('\t')).Append('\n');
        output.Write("labels.tsv", text.ToString());
    }

    private static string Words(IEnumerable<string> words) => string.Join(", ", words.Select(Word));

    private static string Word(string word) => Field(string.Join(' ', word.Split([',', '，', '、', ';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));

    private static string Field(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}
