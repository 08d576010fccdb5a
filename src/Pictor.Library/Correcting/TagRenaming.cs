using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Correcting;

/// <summary>
/// A tag gets another word in the whole library, whoever said it; where the new word is there already, the two become one. The alias that stays makes models and imports that go on
/// saying the old word be heard as the new one. A class of the model keeps its id, so it is still found by all its names.
/// </summary>
internal sealed class TagRenaming(ChangeLog log)
{
    /// <exception cref="InputException">An empty word, or one that nobody has said (<c>tag.unknown</c>).</exception>
    internal async Task<ChangeReceipt> RenameAsync(IReadOnlyList<string> from, string to, string person, CancellationToken cancellationToken)
    {
        string text = TextKey.WellFormed(to).Trim(), key = TextKey.Of(text);
        if (key.Length == 0 || text.Length > 500)
            throw new InputException("to", key.Length == 0 ? "the new word is empty" : "the new word is longer than 500 characters", "Give the tag that the old one shall become.") { Code = "annotation.empty" };
        string[] old = [.. from.Select(TextKey.Of).Where(k => k.Length > 0).Distinct(StringComparer.Ordinal)];
        if (old.Length == 0)
            throw new InputException("from", "there is no word to rename", "Give the tag as it is now.") { Code = "annotation.empty" };

        (_, ChangeReceipt receipt) = await log.WriteAsync(
            person, old.Length > 1 ? "merge" : "rename",
            change =>
            {
                SqliteConnection connection = change.Connection;
                string[] unknown = [.. old.Where(k => !IsKnown(connection, k))];
                if (unknown.Length > 0)
                    throw Unknown(connection, unknown);
                foreach (string oldKey in old)
                    Rename(connection, oldKey, text, key);
                change.Detail = new { from, to = text };
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return receipt;
    }

    private static void Rename(SqliteConnection connection, string oldKey, string text, string key)
    {
        var parameters = new { oldKey, text, key };

        // Aliases lead to the last word in one step. One that stands already says what models mean by the old word; then it was people's lines that were renamed now.
        connection.Execute(
            """
            UPDATE annotations SET value = @text, value_key = @key WHERE value_key = @oldKey AND kind IN ('tag', 'box') AND (value, value_key) IS NOT (@text, @key);
            UPDATE tag_aliases SET value = @text, value_key = @key WHERE value_key = @oldKey;
            INSERT INTO tag_aliases (from_key, value, value_key) VALUES (@oldKey, @text, @key) ON CONFLICT (from_key) DO NOTHING;
            """,
            parameters);
        if (key == oldKey)
            return;

        // The two words are one now: what a person rejected under one of them, no model may say under the other.
        connection.Execute(
            """
            UPDATE annotations AS a SET rejected = 1 WHERE a.value_key = @key AND a.kind = 'tag' AND a.rejected = 0 AND a.rank < 3
                AND EXISTS (SELECT 1 FROM annotations r WHERE r.picture = a.picture AND r.kind = 'tag' AND r.value_key = @key AND r.rejected = 1)
            """,
            parameters);
    }

    private static bool IsKnown(SqliteConnection connection, string key) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM annotations WHERE value_key = @key AND kind IN ('tag', 'box'))", new { key });

    private static InputException Unknown(SqliteConnection connection, string[] unknown)
    {
        string? near = NearestWord.Of(unknown[0], connection.Query<string>("SELECT DISTINCT value FROM annotations WHERE kind IN ('tag', 'box')"));
        return new InputException(string.Join(", ", unknown), "no picture carries this tag", near is null ? "List the tags to see them." : $"Did you mean '{near}'?") { Code = "tag.unknown" };
    }
}
