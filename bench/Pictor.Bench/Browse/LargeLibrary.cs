using System.Globalization;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;
using Pictor.Library;

namespace Pictor.Bench.Browse;

/// <summary>
/// A library of any size in a minute: some hundred pictures are drawn, indexed in earnest and read by the model; the rest are copies of their rows under new ids, with thumbnails by
/// symbolic link. For the page, which asks for rows and thumbnails, there is no difference; for measuring ingest it would not do.
/// </summary>
internal static class LargeLibrary
{
    public static async Task MakeAsync(string folder, string package, int pictures, int seeds)
    {
        string drawn = Path.Combine(folder, "drawn"), library = Path.Combine(folder, "library");
        Directory.CreateDirectory(drawn);
        for (int i = 0; i < seeds; i++)
            File.WriteAllBytes(Path.Combine(drawn, $"picture {i:0000}.jpg"), PictureWriter.Jpeg(Draw(i)));
        await using (PictureLibrary made = await PictureLibrary.OpenAsync(library))
        {
            await made.Models.AddAsync(package);
            await made.IndexAsync([drawn]);
        }

        Multiply(library, pictures);
    }

    private static Pixels Draw(int seed)
    {
        var random = new Random(seed);
        (int width, int height) = (seed % 4) switch { 0 => (640, 480), 1 => (480, 640), 2 => (640, 360), _ => (512, 512) };
        byte[] data = new byte[width * height * 3];
        double hue = random.NextDouble() * 6.28, turn = random.NextDouble() * 6.28, rings = 20 + (random.NextDouble() * 60), cx = random.NextDouble() * width, cy = random.NextDouble() * height;
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double wave = Math.Sin((Math.Sqrt(((x - cx) * (x - cx)) + ((y - cy) * (y - cy))) / rings) + turn), light = 140 + (60 * wave);
                for (int channel = 0; channel < 3; channel++)
                    data[at++] = (byte)Math.Clamp(light + (90 * Math.Sin(hue + (channel * 2.1))) + random.Next(-9, 9), 0, 255);
            }
        }

        return new(width, height, 3, data);
    }

    private static void Multiply(string library, int pictures)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(library, "catalogue.db"), Pooling = false }.ToString());
        connection.Open();
        Run("PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; BEGIN");
        long seeds = Number("SELECT max(row) FROM pictures");
        string columns = Columns("pictures", "row", "id", "added_at", "sort_at");
        // Every table that tells something of a picture, whatever the version of the schema; full-text tables are left out, and so are notes of changes, which triggers make.
        string[] tables = [.. Words("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'picture' WHERE m.type = 'table' AND m.sql NOT LIKE '%VIRTUAL%' AND m.name NOT IN ('files', 'picture_changes')")];
        // Doubled again and again: each step reads every table once.
        for (long have = seeds; have < pictures; have = Number("SELECT max(row) FROM pictures"))
        {
            long take = Math.Min(have, pictures - have);
            Run($"INSERT INTO pictures (id, added_at, sort_at, {columns}) SELECT lower(hex(randomblob(8))), added_at + {have}, sort_at + {have}, {columns} FROM pictures WHERE row <= {take} ORDER BY row");
            // The same file under another spelling of its path.
            string files = Columns("files", "id", "path", "picture"), spelling = string.Concat(Enumerable.Repeat("./", (int)(have / seeds)));
            Run($"INSERT INTO files (path, {files}, picture) SELECT replace(path, '/drawn/', '/drawn/{spelling}'), {files}, picture + {have} FROM files WHERE picture <= {take}");
            foreach (string table in tables)
            {
                string others = Columns(table, "picture", Key(table));
                Run($"INSERT INTO {table} (picture, {others}) SELECT picture + {have}, {others} FROM {table} WHERE picture <= {take}");
            }
        }

        Run("UPDATE meta SET value = random() WHERE key = 'vectors'; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
        string[] sources = [.. Words($"SELECT id FROM pictures WHERE row <= {seeds} ORDER BY row")];
        int at = 0;
        foreach (string id in Words($"SELECT id FROM pictures WHERE row > {seeds} ORDER BY row"))
            Link(sources[at++ % sources.Length], id);

        void Link(string source, string id)
        {
            string of = Path.Combine(library, "thumbnails", source[..2], $"{source}-256.jpg"), link = Path.Combine(library, "thumbnails", id[..2], $"{id}-256.jpg");
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.CreateSymbolicLink(link, of);
        }

        // Ids that the table counts itself are left to it.
        string Key(string table) => Words($"SELECT name FROM pragma_table_info('{table}') WHERE name = 'id' AND pk = 1 AND type = 'INTEGER'").FirstOrDefault() ?? "picture";

        string Columns(string table, params string[] without) => string.Join(", ", Words($"SELECT name FROM pragma_table_info('{table}')").Except(without, StringComparer.Ordinal));

        void Run(string sql)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        long Number(string sql) => long.Parse(Words(sql).Single(), CultureInfo.InvariantCulture);

        List<string> Words(string sql)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            using SqliteDataReader reader = command.ExecuteReader();
            var words = new List<string>();
            while (reader.Read())
                words.Add(reader.GetValue(0).ToString()!);
            return words;
        }
    }
}
