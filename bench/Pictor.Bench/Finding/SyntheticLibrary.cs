using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Pictor.Library;
using Pictor.Models.Annotators;

namespace Pictor.Bench.Finding;

/// <summary>
/// A catalogue of many pictures without the pictures: seeded tags, captions, names, times, ratings, class shares and vectors in clusters, written with SQL as ingest would have left them.
/// One in four has a caption, one in ten a tag of a person, file names as cameras and people give them, in English and Chinese.
/// </summary>
internal static class SyntheticLibrary
{
    public static readonly string[] Subjects = ["beach", "mountain", "birthday", "harbour", "garden", "market", "castle", "bridge", "concert", "kitchen", "海边", "雪山", "生日", "长城", "夜市", "花园"];
    public static readonly string[] Verbs = ["running", "sleeping", "cooking", "swimming", "hiking", "奔跑", "睡觉", "做饭"];

    public static async Task<IReadOnlyList<string>> MakeAsync(string folder, string package, int pictures, int seed)
    {
        long model;
        int classes, length;
        string[] names;
        await using (PictureLibrary library = await PictureLibrary.OpenAsync(folder))
        {
            ModelItem item = await library.Models.AddAsync(package);
            (classes, length) = (item.Classes, item.EmbeddingLength);
        }

        string[] ids;
        using (var annotator = Annotator.Load(package))
            (names, ids) = ([.. annotator.Package.Labels.Select(l => l.Name)], [.. annotator.Package.Labels.Select(l => l.Id)]);
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "catalogue.db")};Pooling=False");
        connection.Open();
        Run("PRAGMA synchronous = OFF");
        model = (long)Scalar("SELECT id FROM models WHERE removed_at IS NULL")!;
        var random = new Random(seed);
        float[][] centres = [.. Enumerable.Range(0, classes).Select(_ => Direction(random, length))];
        var pictureIds = new string[pictures];
        Run("BEGIN");
        using SqliteCommand picture = Command("INSERT INTO pictures (id, sha256, width, height, bytes, format, taken_at, added_at, sort_at, favourite, rating, shown_model) VALUES (@id, @sha, @w, @h, @bytes, @format, @taken, @added, @taken, @fav, @rating, @model)", "@id", "@sha", "@w", "@h", "@bytes", "@format", "@taken", "@added", "@fav", "@rating", "@model");
        using SqliteCommand file = Command("INSERT INTO files (path, name, name_key, picture, size, modified) VALUES (@path, @name, @key, @picture, @bytes, @modified)", "@path", "@name", "@key", "@picture", "@bytes", "@modified");
        using SqliteCommand reading = Command("INSERT INTO readings (model, picture, embedding, time) VALUES (@model, @picture, @embedding, 0)", "@model", "@picture", "@embedding");
        using SqliteCommand share = Command("INSERT INTO probabilities (model, picture, classes) VALUES (@model, @picture, @classes)", "@model", "@picture", "@classes");
        using SqliteCommand said = Command("INSERT INTO annotations (picture, kind, value, value_key, label_id, confidence, source, rank, model, time) VALUES (@picture, @kind, @value, @key, @label, @confidence, @source, @rank, @model, 0)", "@picture", "@kind", "@value", "@key", "@label", "@confidence", "@source", "@rank", "@model");
        using SqliteCommand fact = Command("INSERT INTO facts (picture, fact, share) VALUES (@picture, @fact, @share) ON CONFLICT DO NOTHING", "@picture", "@fact", "@share");
        long start = new DateTimeOffset(2012, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        for (int i = 0; i < pictures; i++)
        {
            long row = i + 1, taken = start + (long)(random.NextDouble() * 12 * 365 * 86_400_000.0);
            string sha = Convert.ToHexStringLower(Bytes(random, 32)), id = sha[..16];
            pictureIds[i] = id;
            int width = random.Next(2) == 0 ? 4000 : 1024, height = width * 3 / 4, main = Math.Min(random.Next(classes), random.Next(classes));
            Set(picture, id, sha, width, height, (long)width * height / 3, random.Next(10) == 0 ? "png" : "jpeg", taken, taken, random.Next(20) == 0 ? 1 : 0, random.Next(6), model);
            string subject = Pick(random, Subjects), name = random.Next(3) == 0 ? $"{subject} {Pick(random, Verbs)} {i % 1000}.jpg" : $"IMG_{i:D6}.jpg";
            DateTime time = DateTimeOffset.FromUnixTimeMilliseconds(taken).UtcDateTime;
            Set(file, $"/photos/{time.Year}/{subject}/{i}/{name}", name, name.ToLowerInvariant(), row, (long)width * height / 3, 0L);
            Set(reading, model, row, MemoryMarshal.AsBytes<float>(Mixed(random, centres[main], 0.6f)).ToArray());
            double sure = 0.3 + (0.65 * random.NextDouble());
            int second = random.Next(classes);
            Set(share, model, row, Pack([(main, sure), (second, (1 - sure) * 0.6), (random.Next(classes), (1 - sure) * 0.2)]));
            if (sure > 0.5)
                Set(said, row, "tag", names[main], names[main].ToLowerInvariant(), ids[main], sure, "package starter@1", 1, model);
            if (i % 10 == 0)
                Set(said, row, "tag", subject, subject, DBNull.Value, 1.0, "person ann", 3, DBNull.Value);
            if (i % 4 == 0)
                Set(said, row, "caption", $"{Pick(random, Verbs)} near the {Pick(random, Subjects)} with a friend", $"caption {i}", DBNull.Value, 0.9, "person ann", 3, DBNull.Value);
            Set(fact, row, $"year-{time.Year}", DBNull.Value);
            Set(fact, row, $"month-{time.Month}", DBNull.Value);
            Set(fact, row, Pick(random, ["red", "blue", "green", "white", "black"]), 0.2 + (0.6 * random.NextDouble()));
            Set(fact, row, Pick(random, ["camera:Canon EOS 5D", "camera:NIKON D90", "camera:Apple iPhone 12"]), DBNull.Value);
        }

        Run("UPDATE meta SET value = random() WHERE key = 'vectors'");
        Run("COMMIT");
        return pictureIds;

        void Run(string sql) => Command(sql).ExecuteNonQuery();

        object? Scalar(string sql) => Command(sql).ExecuteScalar();

        SqliteCommand Command(string sql, params string[] parameters)
        {
            SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (string parameter in parameters)
                command.Parameters.Add(new SqliteParameter(parameter, DBNull.Value));
            return command;
        }

        static void Set(SqliteCommand command, params object[] values)
        {
            for (int i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i];
            command.ExecuteNonQuery();
        }
    }

    private static string Pick(Random random, string[] from) => from[Math.Min(random.Next(from.Length), random.Next(from.Length))];

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static float[] Direction(Random random, int length)
    {
        float[] v = new float[length];
        for (int i = 0; i < length; i++)
            v[i] = (float)Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * MathF.Cos((float)(2 * Math.PI * random.NextDouble()));
        float norm = MathF.Sqrt(v.Sum(x => x * x));
        return [.. v.Select(x => x / norm)];
    }

    private static float[] Mixed(Random random, float[] centre, float share)
    {
        float[] noise = Direction(random, centre.Length);
        float[] mixed = [.. centre.Zip(noise, (c, n) => (share * c) + ((1 - share) * n))];
        float norm = MathF.Sqrt(mixed.Sum(x => x * x));
        return [.. mixed.Select(x => x / norm)];
    }

    /// <summary>As the library keeps class shares: pairs of two 16-bit numbers, the likeliest first.</summary>
    private static byte[] Pack((int Class, double Share)[] shares)
    {
        (int Class, double Share)[] kept = [.. shares.Where(s => s.Share >= 0.005).DistinctBy(s => s.Class).OrderByDescending(s => s.Share)];
        byte[] packed = new byte[kept.Length * 4];
        for (int i = 0; i < kept.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan(i * 4), (ushort)kept[i].Class);
            BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan((i * 4) + 2), (ushort)(kept[i].Share * ushort.MaxValue));
        }

        return packed;
    }
}
