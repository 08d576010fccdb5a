using Dapper;
using Microsoft.Data.Sqlite;

namespace Pictor.Library.Deployment;

/// <summary>A row of the table models. The id is never used again, so that what one package said is not mistaken for another's of the same name.</summary>
internal sealed class DeployedModel
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public string Version { get; set; } = "";

    public string Sha256 { get; set; } = "";

    public long Classes { get; set; }

    public long EmbeddingLength { get; set; }

    public long AddedAt { get; set; }

    internal string Reference => $"{Name}@{Version}";

    internal string Source => AnnotationSource.Package(Name, Version).ToString();

    internal string PathIn(string folder) => Path.Combine(folder, "models", $"{Reference}.pictor");

    internal ModelItem ToItem(long? active) =>
        new(Name, Version, Id == active, (int)Classes, (int)EmbeddingLength, Sha256, DateTimeOffset.FromUnixTimeMilliseconds(AddedAt));

    private const string Columns = "id, name, version, sha256, classes, embedding_length AS EmbeddingLength, added_at AS AddedAt";

    internal static List<DeployedModel> All(SqliteConnection connection) =>
        connection.Query<DeployedModel>($"SELECT {Columns} FROM models WHERE removed_at IS NULL ORDER BY id").AsList();

    /// <summary>The top of the pile of activations: not taken back, and still there.</summary>
    internal static DeployedModel? Active(SqliteConnection connection) =>
        connection.QueryFirstOrDefault<DeployedModel>($"""
            SELECT {Columns} FROM models WHERE id = (
                SELECT a.model FROM activations a JOIN models m ON m.id = a.model
                WHERE a.undone_at IS NULL AND m.removed_at IS NULL ORDER BY a.id DESC LIMIT 1)
            """);

    /// <summary>Orders 1.10.0 after 1.9.2; whatever is no number compares as text.</summary>
    internal static int CompareVersions(string a, string b)
    {
        string[] left = a.Split('.', '-', '+'), right = b.Split('.', '-', '+');
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            string x = i < left.Length ? left[i] : "", y = i < right.Length ? right[i] : "";
            bool xIsNumber = ulong.TryParse(x, out ulong m), yIsNumber = ulong.TryParse(y, out ulong n);
            int order = xIsNumber && yIsNumber ? m.CompareTo(n) : xIsNumber != yIsNumber ? (xIsNumber ? 1 : -1) : string.CompareOrdinal(x, y);
            if (order != 0)
                return order;
        }

        return 0;
    }
}
