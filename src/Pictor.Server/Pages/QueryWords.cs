namespace Pictor.Server.Pages;

/// <summary>The words of a question as they were typed: divided at blanks, except within quotation marks. What they mean is the library's business.</summary>
internal static class QueryWords
{
    internal static IEnumerable<string> Of(string question)
    {
        int from = 0;
        bool quoted = false;
        for (int i = 0; i <= question.Length; i++)
        {
            if (i < question.Length && question[i] == '"')
                quoted = !quoted;
            if (i < question.Length && (quoted || !char.IsWhiteSpace(question[i])))
                continue;
            if (i > from)
                yield return question[from..i];
            from = i + 1;
        }
    }

    /// <summary>A filter has a name, a colon and a value: <c>tag:dog</c>, <c>-colour:red</c>, <c>date:2023-07</c>. Addresses and times of day are none.</summary>
    internal static bool IsFilter(string word)
    {
        int colon = word.IndexOfAny([':', '：']);
        if (colon <= 0 || colon + 1 == word.Length || word[colon + 1] == '/')
            return false;
        string name = word[..colon].TrimStart('-');
        return name.Length > 0 && name.All(char.IsLetter) && (name.Length > 1 || !char.IsAscii(name[0]));
    }

    /// <summary>The question without one of its words.</summary>
    internal static string Without(string question, string word)
    {
        List<string> words = [.. Of(question)];
        words.Remove(word);
        return string.Join(' ', words);
    }
}
