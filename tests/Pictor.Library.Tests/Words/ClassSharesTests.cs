using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Finding;
using Pictor.Library.Pictures;

namespace Pictor.Library.Tests.Words;

public sealed class ClassSharesTests
{
    [Fact]
    public void Pack_ManyClasses_KeepsTheLikeliestThatCount()
    {
        var probabilities = new float[200];
        for (int i = 0; i < 200; i++)
            probabilities[i] = i % 4 == 3 ? 0.004f : 0.0051f;
        (probabilities[7], probabilities[150]) = (0.3f, 0.4f);

        byte[] packed = ClassShares.Pack(probabilities);

        Assert.Equal(ClassShares.Most * ClassShares.PairBytes, packed.Length);
        Assert.Equal(150, ClassShares.Read(packed, 0).Class);
        Assert.Equal(7, ClassShares.Read(packed, 1).Class);
        Assert.InRange(ClassShares.Read(packed, 0).Probability, 0.4 - (1.0 / 65535), 0.4 + 1e-7);
        Assert.All(Enumerable.Range(2, 30), i => Assert.NotEqual(3, ClassShares.Read(packed, i).Class % 4));
        Assert.Empty(ClassShares.Pack(new float[1000]));
    }

    [Fact]
    public void Sums_OverAHundredThousandPictures_TakeNoTimeToSpeakOf()
    {
        const int Pictures = 100_000;
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Schema.Migrate(connection, "memory", Schema.Steps);
        connection.Execute("INSERT INTO models (id, name, version, sha256, classes, embedding_length, added_at) VALUES (1, 'm', '1', '', 200, 0, 0)");
        Fill(connection, Pictures);
        bool[] dogs = [.. Enumerable.Range(0, 200).Select(i => i < 20)];

        using var statements = new PreparedStatements(connection);
        PictureColumns columns = new PictureTable().Of(statements);
        long started = Stopwatch.GetTimestamp();
        var table = new ClassShareTable(new DeployedModel { Id = 1, Classes = 200 });
        table.Refresh(statements);
        double load = Stopwatch.GetElapsedTime(started).TotalSeconds;
        started = Stopwatch.GetTimestamp();
        int found = table.Sums(columns, dogs, _ => null, multiLabel: false, 0.35, new (long, double)[Pictures]);
        double scan = Stopwatch.GetElapsedTime(started).TotalSeconds;
        TestContext.Current.SendDiagnosticMessage($"{Pictures} pictures: read in {load * 1000:0} ms, summed in {scan * 1000:0.0} ms");

        Assert.InRange(found, Pictures / 20, Pictures / 5);
        // About 0.45 s and 25 ms on two busy cores; the bounds only tell linear from quadratic.
        Assert.InRange(load, 0, 20);
        Assert.InRange(scan, 0, 5);
    }

    private static void Fill(SqliteConnection connection, int pictures)
    {
        var random = new Random(1);
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand picture = connection.CreateCommand(), record = connection.CreateCommand();
        picture.CommandText = "INSERT INTO pictures (row, id, sha256, width, height, bytes, format, added_at, sort_at) VALUES (@row, @row, '', 1, 1, 1, 'png', 0, 0)";
        record.CommandText = "INSERT INTO probabilities (model, picture, classes) VALUES (1, @row, @classes)";
        SqliteParameter row = picture.Parameters.Add("@row", SqliteType.Integer), of = record.Parameters.Add("@row", SqliteType.Integer), classes = record.Parameters.Add("@classes", SqliteType.Blob);
        var probabilities = new float[200];
        for (int i = 1; i <= pictures; i++)
        {
            Array.Clear(probabilities);
            probabilities[random.Next(200)] = 0.5f;
            for (int k = 0; k < 12; k++)
                probabilities[random.Next(200)] += 0.04f;
            (row.Value, of.Value, classes.Value) = (i, i, ClassShares.Pack(probabilities));
            picture.ExecuteNonQuery();
            record.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
