namespace Pictor.Models.Labels;

/// <summary>
/// Which class of a model is meant by a class of a data set: the one with its id, else with its name, else with one of its synonyms;
/// names and synonyms whatever their case. Position never matters. Whoever matches at an earlier step is no candidate at a later one,
/// and where a step leaves a choice (two classes of one name), nothing is matched rather than something guessed.
/// </summary>
public static class LabelMatcher
{
    /// <summary>For each class of the data, the position of the model's class, or -1.</summary>
    /// <param name="data">Classes of a data set.</param>
    /// <param name="model">Classes of a model, in the order of its outputs.</param>
    /// <returns>[data classes]; no model class occurs twice.</returns>
    public static int[] Match(IReadOnlyList<Label> data, IReadOnlyList<Label> model)
    {
        var match = new int[data.Count];
        Array.Fill(match, -1);
        var taken = new bool[model.Count];
        Step(data, model, match, taken, label => [label.Id], StringComparer.Ordinal);
        Step(data, model, match, taken, label => [label.Name], StringComparer.Ordinal);
        Step(data, model, match, taken, label => [label.Name], StringComparer.OrdinalIgnoreCase);
        Step(data, model, match, taken, label => label.Chinese is { Length: > 0 } chinese ? [label.Id, label.Name, chinese, .. label.Synonyms] : [label.Id, label.Name, .. label.Synonyms], StringComparer.OrdinalIgnoreCase);
        return match;
    }

    private static void Step(
        IReadOnlyList<Label> data, IReadOnlyList<Label> model, int[] match, bool[] taken, Func<Label, IReadOnlyList<string>> words, StringComparer comparer)
    {
        var byWord = new Dictionary<string, HashSet<int>>(comparer);
        for (int m = 0; m < model.Count; m++)
        {
            foreach (string word in taken[m] ? [] : words(model[m]))
            {
                if (!byWord.TryGetValue(word, out HashSet<int>? holders))
                    byWord.Add(word, holders = []);
                holders.Add(m);
            }
        }

        var claims = new List<(int Data, int Model)>();
        for (int d = 0; d < data.Count; d++)
        {
            if (match[d] >= 0)
                continue;
            var found = new HashSet<int>();
            foreach (string word in words(data[d]))
                found.UnionWith(byWord.GetValueOrDefault(word) ?? []);
            if (found.Count == 1)
                claims.Add((d, found.Single()));
        }

        foreach (IGrouping<int, (int Data, int Model)> claim in claims.GroupBy(c => c.Model).Where(g => g.Count() == 1))
        {
            match[claim.Single().Data] = claim.Key;
            taken[claim.Key] = true;
        }
    }
}
