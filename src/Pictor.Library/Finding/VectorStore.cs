using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.VectorSearch;

namespace Pictor.Library.Finding;

/// <summary>
/// The vectors of the pictures that can be found: read by the model in question, not hidden, with a file on disk. The ids of the index are the rows of the table pictures.
/// The catalogue is the truth; an index is made from it and then follows each commit.
/// </summary>
internal sealed class VectorStore(CatalogueFile catalogue, VectorSnapshots snapshots)
{
    private const string Findable = "FROM readings r JOIN pictures p ON p.row = r.picture WHERE r.model = @model AND length(r.embedding) > 0 AND p.hidden = 0 AND p.missing = 0";

    /// <summary>Makes the index and hands it out while nobody can write, so that no commit falls between reading and following.</summary>
    internal void Load(DeployedModel model, Action<FlatIndex> ready) => catalogue.ReadQuietly(connection =>
    {
        FlatIndex? saved = snapshots.Load(model, Token(connection));
        if (saved is not null)
        {
            ready(saved);
            return saved.Count;
        }

        var index = new FlatIndex((int)model.EmbeddingLength);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT r.picture, r.embedding {Findable}";
        command.Parameters.AddWithValue("@model", model.Id);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            index.Set(reader.GetInt64(0), MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(1)));
        ready(index);
        return index.Count;
    });

    /// <summary>Keeps the index for the next opening.</summary>
    internal void Save(DeployedModel model, FlatIndex index) => catalogue.ReadQuietly(connection => snapshots.Save(model, Token(connection), index));

    /// <summary>The model is gone for good.</summary>
    internal void Forget(DeployedModel model) => snapshots.Delete(model);

    /// <summary>Called in every transaction that adds, changes or hides vectors: whatever was saved before is of the past.</summary>
    internal static void NoteChange(SqliteConnection connection) => connection.Execute("UPDATE meta SET value = random() WHERE key = 'vectors'");

    private static long Token(SqliteConnection connection) => connection.ExecuteScalar<long>("SELECT value FROM meta WHERE key = 'vectors'");

    /// <summary>Brings pictures that a commit has touched up to date. Called by the writer, in the order of the commits.</summary>
    internal static void Follow(PreparedStatements statements, ActiveModel? active, IEnumerable<long> pictures)
    {
        if (active?.VectorsIfLoaded is not { } index)
            return;
        foreach (long picture in pictures.Distinct())
        {
            var embedding = (byte[]?)statements.Scalar($"SELECT r.embedding {Findable} AND r.picture = @picture", ("@model", active.Model.Id), ("@picture", picture));
            if (embedding is { Length: > 0 })
                index.Set(picture, MemoryMarshal.Cast<byte, float>(embedding));
            else
                index.Remove(picture);
        }
    }

    /// <summary>The stored vector of any picture, findable or not; null when the model has not read it.</summary>
    internal float[]? VectorOf(long picture, DeployedModel model)
    {
        byte[]? embedding = catalogue.Read(connection => connection.ExecuteScalar<byte[]?>(
            "SELECT embedding FROM readings WHERE model = @Id AND picture = @picture", new { model.Id, picture }));
        return embedding is { Length: > 0 } ? MemoryMarshal.Cast<byte, float>(embedding).ToArray() : null;
    }
}
