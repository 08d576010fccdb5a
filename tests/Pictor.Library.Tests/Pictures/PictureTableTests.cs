using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Finding;
using Pictor.Library.Pictures;

namespace Pictor.Library.Tests.Pictures;

public sealed class PictureTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_AfterAnyChanges_IsWhatTheCatalogueSays(int seed)
    {
        var random = new Random(seed);
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Schema.Migrate(connection, "memory", Schema.Steps);
        connection.Execute("INSERT INTO models (id, name, version, sha256, classes, embedding_length, added_at) VALUES (1, 'm', '1', '', 50, 0, 0), (2, 'n', '1', '', 50, 0, 0)");
        using var statements = new PreparedStatements(connection);
        var table = new PictureTable();
        var shares = new ClassShareTable(new DeployedModel { Id = 1, Classes = 50 });
        int next = 0;
        for (int round = 0; round < 120; round++)
        {
            // Now and then more than anybody wants to read one by one, and now and then notes that are gone.
            int changes = round % 40 == 39 ? 6000 : random.Next(0, 30);
            using (SqliteTransaction transaction = connection.BeginTransaction())
            {
                for (int i = 0; i < changes; i++)
                    Change(connection, random, ref next);
                transaction.Commit();
            }

            if (round % 17 == 16)
                connection.Execute("DELETE FROM picture_changes WHERE id < (SELECT max(id) FROM picture_changes)");
            Check(connection, statements, table.Of(statements), shares, next);
        }
    }

    private static void Change(SqliteConnection connection, Random random, ref int next)
    {
        int some = random.Next(next + 1);
        switch (random.Next(9))
        {
            case 0 or 1 or 2:
                connection.Execute(
                    "INSERT INTO pictures (id, sha256, width, height, bytes, format, taken_at, added_at, sort_at, shown_model) VALUES (@id, '', @w, @h, @bytes, @format, @taken, 5, @sort, @model)",
                    new { id = $"{next++:x16}", w = random.Next(1, 9000), h = random.Next(1, 9000), bytes = random.NextInt64(1L << 40), format = random.GetItems(["jpeg", "png", "gif", "heic"], 1)[0], taken = random.Next(3) == 0 ? (long?)null : random.Next(), sort = random.NextInt64(), model = random.Next(3) is var m and not 0 ? (int?)m : null });
                break;
            case 3:
                connection.Execute("UPDATE pictures SET hidden = 1 - hidden, rating = @rating WHERE row = @some", new { some, rating = random.Next(6) });
                break;
            case 4:
                connection.Execute("UPDATE pictures SET missing = 1 - missing, favourite = 1 - favourite, shown_model = 1 WHERE row = @some", new { some });
                break;
            case 5:
                connection.Execute("DELETE FROM pictures WHERE row = @some AND NOT EXISTS (SELECT 1 FROM probabilities WHERE picture = @some)", new { some });
                break;
            case 6:
                connection.Execute("DELETE FROM probabilities WHERE picture = @some", new { some });
                break;
            default:
                var classes = new float[50];
                for (int i = random.Next(5); i >= 0; i--)
                    classes[random.Next(50)] = random.NextSingle() / 4;
                connection.Execute("INSERT OR REPLACE INTO probabilities (model, picture, classes) SELECT @model, row, @classes FROM pictures WHERE row = @some", new { some, model = random.Next(1, 3), classes = ClassShares.Pack(classes) });
                break;
        }
    }

    private static void Check(SqliteConnection connection, PreparedStatements statements, PictureColumns columns, ClassShareTable shares, int rows)
    {
        bool[] wanted = [.. Enumerable.Range(0, 50).Select(i => i % 3 == 0)];
        shares.Refresh(statements);
        var room = new (long Picture, double Sum)[columns.Visible];
        Dictionary<long, double> sums = room.Take(shares.Sums(columns, wanted, _ => null, multiLabel: false, 0.1, room)).ToDictionary(s => s.Picture, s => s.Sum);
        Dictionary<long, byte[]> stored = connection.Query<(long Picture, byte[] Classes)>("SELECT picture, classes FROM probabilities WHERE model = 1").ToDictionary(s => s.Picture, s => s.Classes);
        Dictionary<long, dynamic> pictures = connection.Query("SELECT * FROM pictures").ToDictionary(p => (long)p.row);
        int visible = 0;
        for (int row = 1; row <= rows; row++)
        {
            if (!pictures.TryGetValue(row, out dynamic? p))
            {
                Assert.False(columns.IsKnown(row));
                continue;
            }

            Assert.Equal(p.hidden == 0, columns.IsKnown(row));
            Assert.Equal(p.hidden == 0 && p.missing == 0, columns.IsVisible(row));
            visible += columns.IsVisible(row) ? 1 : 0;
            Assert.Equal((p.missing != 0, p.favourite != 0, (int)p.rating), (columns.IsMissing(row), columns.IsFavourite(row), columns.Rating(row)));
            Assert.Equal(((long?)p.taken_at ?? PictureColumns.NoTime, (long)p.sort_at, (long)p.bytes, (int)p.width, (int)p.height), (columns.TakenAt[row], columns.SortAt[row], columns.Bytes[row], columns.Widths[row], columns.Heights[row]));
            Assert.True(columns.IsOfFormat(row, (string)p.format));
            Assert.Equal(p.shown_model is not null, columns.HasShownModel(row));
            Assert.Equal((long?)p.shown_model == 2, columns.Counts(row, rank: 1, model: 2));
            double sum = 0;
            for (int k = 0; stored.ContainsKey(row) && k < stored[row].Length / ClassShares.PairBytes; k++)
            {
                (int index, double share) = ClassShares.Read(stored[row], k);
                sum += wanted[index] ? share : 0;
            }

            if (columns.IsVisible(row) && sum > 0.1001)
                Assert.Equal(sum, sums[row], 1e-9);
            else if (sum < 0.0999 || !columns.IsVisible(row))
                Assert.DoesNotContain(row, sums.Keys);
        }

        Assert.Equal(visible, columns.Visible);
        Assert.Equal(pictures.Values.Where(p => p.hidden == 0 && p.missing == 0 && p.shown_model is not null).All(p => stored.ContainsKey((long)p.row)), shares.IsComplete(columns));
    }
}
