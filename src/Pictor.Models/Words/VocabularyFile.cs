namespace Pictor.Models.Words;

/// <summary>
/// The text of a vocabulary: a concept a line, <c>id;english;chinese;synonyms|...;broader|...</c>; lines that begin with '#' and empty ones are passed over. All faults are told at once.
/// </summary>
internal static class VocabularyFile
{
    private const int MostFaults = 10;

    private sealed record Line(int Number, Concept Concept);

    /// <exception cref="InputException">Lines that are not as described, ids that occur twice or are unknown, circles; <c>words.invalid</c>.</exception>
    public static IReadOnlyList<Concept> Parse(string text, string name)
    {
        var lines = new List<Line>();
        var faults = new List<string>();
        string[] raw = text.Split('\n');
        for (int i = 0; i < raw.Length; i++)
        {
            string line = raw[i].Trim();
            if (line.Length > 0 && line[0] != '#')
                Read(line, i + 1, lines, faults);
        }

        CheckIds(lines, faults);
        if (faults.Count > 0)
        {
            string more = faults.Count > MostFaults ? $"; and {faults.Count - MostFaults} more" : "";
            throw new InputException(name, string.Join("; ", faults.Take(MostFaults)) + more, "Correct these lines.") { Code = "words.invalid" };
        }

        return [.. lines.Select(l => l.Concept)];
    }

    private static void Read(string line, int number, List<Line> lines, List<string> faults)
    {
        string[] parts = [.. line.Split(';').Select(p => p.Trim())];
        if (parts.Length != 5)
        {
            faults.Add($"line {number} has {parts.Length} columns instead of 5 (id;english;chinese;synonyms;broader)");
            return;
        }

        if (Array.FindIndex(parts, 0, 3, p => p.Length == 0) is >= 0 and var empty)
        {
            faults.Add($"line {number} has no {(empty == 0 ? "id" : empty == 1 ? "English name" : "Chinese name")}");
            return;
        }

        lines.Add(new Line(number, new Concept(parts[0], parts[1], parts[2]) { Synonyms = List(parts[3]), Broader = List(parts[4]) }));
    }

    private static string[] List(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void CheckIds(List<Line> lines, List<string> faults)
    {
        var byId = new Dictionary<string, Line>(StringComparer.Ordinal);
        foreach (Line line in lines)
        {
            if (!byId.TryAdd(line.Concept.Id, line))
                faults.Add($"line {line.Number}: the id '{line.Concept.Id}' stands in line {byId[line.Concept.Id].Number} already");
        }

        foreach (Line line in lines)
        {
            foreach (string broader in line.Concept.Broader.Where(b => !byId.ContainsKey(b)))
            {
                string? near = NearestWord.Of(broader, byId.Keys);
                faults.Add($"line {line.Number}: the broader id '{broader}' is unknown{(near is null ? "" : $"; did you mean '{near}'")}");
            }
        }

        CheckCircles(byId, faults);
    }

    // Depth first with two marks: who is met again while still open stands above itself.
    private static void CheckCircles(Dictionary<string, Line> byId, List<string> faults)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var open = new List<string>();
        foreach (string id in byId.Keys)
            Visit(id);

        void Visit(string id)
        {
            int at = open.IndexOf(id);
            if (at >= 0)
            {
                faults.Add($"line {byId[id].Number}: '{id}' is broader than itself ({string.Join(" < ", open.Skip(at).Append(id))})");
                return;
            }

            if (done.Contains(id) || !byId.TryGetValue(id, out Line? line))
                return;
            open.Add(id);
            foreach (string broader in line.Concept.Broader)
                Visit(broader);
            open.RemoveAt(open.Count - 1);
            done.Add(id);
        }
    }
}
