using Dapper;
using Microsoft.Data.Sqlite;

namespace Pictor.Library.Tests;

/// <summary>Real processes, killed with signal 9 while they write.</summary>
public sealed class KillTests
{
    [Theory]
    [InlineData(1, 10)]
    public Task Kill_AtAnyMoment_LosesNothingThatWasAcknowledged(int seed, int kills) => KillAsync(seed, kills);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(2, 190)]
    public Task Kill_AtManyMoments_LosesNothingThatWasAcknowledged(int seed, int kills) => KillAsync(seed, kills);

    [Theory]
    [InlineData(3, 5)]
    public Task Kill_InABulkChange_LeavesAllOfItOrNothing(int seed, int kills) => KillInBulkAsync(seed, kills);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(4, 20)]
    public Task Kill_InManyBulkChanges_LeavesAllOfItOrNothing(int seed, int kills) => KillInBulkAsync(seed, kills);

    private const int Many = 150;

    private static async Task KillInBulkAsync(int seed, int kills)
    {
        using var place = new Place();
        place.MakePictures(Many);
        await using (PictureLibrary library = await place.OpenWithModelAsync())
            await library.IndexAsync([place.Pictures]);
        var random = new Random(seed);
        int whole = 0;
        for (int i = 0; i < kills; i++)
        {
            var told = new List<string>();
            using (var child = Child.Start("bulk", place.Library, $"{i}"))
            {
                int signs = random.Next(1, 7);
                while (told.Count < signs && child.Line() is { } line)
                    told.Add(line);
                await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 60));
                child.Kill();
                while (child.Line() is { } line)
                    told.Add(line);
            }

            await using PictureLibrary library = await place.OpenAsync();
            Assert.Empty((await library.VerifyAsync()).Faults);
            using var connection = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Mode=ReadOnly;Pooling=False");
            connection.Open();

            // Each change is there for every picture or for none, with its rejection, its stars and its line in the history.
            string[] words = [.. Enumerable.Range(0, 12).Select(turn => $"bulk-{i}-{turn}")];
            foreach (string word in words)
            {
                long said = Count(word, rejected: 0), rejected = Count($"not-{word}", rejected: 1);
                Assert.True(said is 0 or Many && rejected == said, $"{word}: {said} said, {rejected} rejected of {Many}");
                Assert.Equal(said == Many, library.Changes(1000).Items.Any(line => line is { Undoes: null, UndoneBy: null } && line.Detail.ToString().Contains($"\"{word}\"", StringComparison.Ordinal)));
                bool undone = told.Exists(line => line.StartsWith($"undone {word} ", StringComparison.Ordinal)), undoing = told.Exists(line => line.StartsWith($"undoing {word} ", StringComparison.Ordinal));
                if (told.Exists(line => line.StartsWith($"changed {word} ", StringComparison.Ordinal)) && (undone || !undoing))
                    Assert.Equal(undone ? 0 : Many, said);
            }

            // The last one that is there can be taken back whole, and done again whole.
            ChangeItem[] lines = [.. library.Changes(200).Items.Where(line => line.Undoes is null && line.UndoneBy is null && line.Pictures == Many)];
            if (lines.Length == 0 || words.LastOrDefault(word => Count(word, rejected: 0) == Many) is not { } last)
                continue;
            whole++;
            long stars = connection.ExecuteScalar<long>("SELECT count(DISTINCT rating) FROM pictures");
            Assert.Equal(1, stars);
            ChangeReceipt back = await library.UndoAsync(lines[0].Id, "bob");
            Assert.Equal((0L, 0L), (Count(last, rejected: 0), Count($"not-{last}", rejected: 1)));
            await library.UndoAsync(back.Undo!.Value, "bob");
            Assert.Equal(((long)Many, (long)Many), (Count(last, rejected: 0), Count($"not-{last}", rejected: 1)));

            long Count(string word, int rejected) => connection.ExecuteScalar<long>("SELECT count(DISTINCT picture) FROM annotations WHERE value_key = @word AND rejected = @rejected AND rank > 1", new { word, rejected });
        }

        Assert.True(whole > 0, "every child was killed before its first change");
    }

    private static async Task KillAsync(int seed, int kills)
    {
        using var place = new Place();
        place.MakePictures(600);
        for (int i = 0; i < 12; i++)
            place.MakePicture($"large{i}.png", 5000 + i, size: 300); // these get thumbnails
        string package = place.Package("net");
        var random = new Random(seed);
        var uploaded = new HashSet<string>();
        var acknowledged = new Spoken();
        int indexed = 0, nextUpload = 10_000;

        for (int i = 0; i < kills; i++)
        {
            string verb = random.Next(3) switch { 0 => "upload", 1 when i > 2 => "people", _ => "index" };
            bool upload = verb == "upload", copy = verb == "index" && random.Next(4) == 0;
            using Child child = verb switch
            {
                "upload" => Child.Start("upload", place.Library, $"{nextUpload}"),
                "people" => Child.Start("people", place.Library, $"{i}"),
                _ => Child.Start("index", place.Library, place.Pictures, package, copy ? "copy" : random.Next(3) == 0 ? "again" : "plain"),
            };

            // Some die while they open the library, the others after so many signs of life and a little more.
            int signs = random.Next(5) == 0 ? 0 : random.Next(1, verb == "index" ? 8 : 30);
            TimeSpan more = TimeSpan.FromMilliseconds(signs == 0 ? random.Next(300) : random.NextDouble() * 20);
            var told = new List<string>();
            while (told.Count < signs && child.Line() is { } line)
                told.Add(line);
            await Task.Delay(more);
            child.Kill();
            while (child.Line() is { } line)
                told.Add(line); // it was said before the end, so it counts

            if (upload)
            {
                uploaded.UnionWith(told.Where(l => l.Length == 16));
                nextUpload += 1000;
            }
            else if (verb == "people")
            {
                foreach (string line in told)
                    acknowledged.Note(line);
            }
            else if (!copy)
            {
                indexed = Math.Max(indexed, told.Where(l => l.StartsWith("done ", StringComparison.Ordinal)).Select(l => int.Parse(l[5..], null)).LastOrDefault());
            }

            await CheckAsync(place, uploaded, indexed, acknowledged);
        }

        await using PictureLibrary library = await PictureLibrary.OpenAsync(place.Library);
        await library.Models.AddAsync(package);
        IndexOutcome outcome = await library.IndexAsync([place.Pictures]);
        Assert.Equal((612, 0, 0), (outcome.Added + outcome.Known, outcome.Changed, outcome.Missing));
        Assert.Empty(outcome.Skipped);
        LibrarySummary summary = library.Summarize();
        Assert.Equal(summary.Pictures - 1, library.Similar(library.List(1).Items[0].Id, 1).Total);
        Assert.Empty((await library.VerifyAsync(new VerifyOptions { Deep = true })).Faults);
    }

    private static async Task CheckAsync(Place place, HashSet<string> uploaded, int indexed, Spoken acknowledged)
    {
        await using PictureLibrary library = await PictureLibrary.OpenAsync(place.Library);
        Assert.Empty((await library.VerifyAsync()).Faults);
        acknowledged.Check(library);
        string[] rubbish = [.. Directory.EnumerateFiles(place.Library, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, RecurseSubdirectories = true })
            .Where(f => f.EndsWith(".part", StringComparison.Ordinal) || f.EndsWith(".tmp", StringComparison.Ordinal))];
        Assert.Empty(rubbish);

        using var connection = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Mode=ReadOnly;Pooling=False");
        connection.Open();
        Assert.Equal("ok", connection.ExecuteScalar<string>("PRAGMA integrity_check"));
        Assert.Empty(connection.Query("PRAGMA foreign_key_check"));

        // Every picture is whole: a file, its measures, and a reading with its words unless it was saved from originals/ before a model could read it.
        Assert.Equal(0, connection.ExecuteScalar<long>("SELECT count(*) FROM pictures p WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.picture = p.row)"));
        Assert.Equal(0, connection.ExecuteScalar<long>("SELECT count(*) FROM pictures WHERE width = 0 OR height = 0 OR bytes = 0 OR length(id) <> 16 OR length(sha256) <> 64"));
        Assert.Equal(0, connection.ExecuteScalar<long>(
            """
            SELECT count(*) FROM pictures p WHERE NOT EXISTS (SELECT 1 FROM readings r WHERE r.picture = p.row)
                AND NOT EXISTS (SELECT 1 FROM files f WHERE f.picture = p.row AND f.path LIKE 'originals/%')
            """));
        Assert.Equal(0, connection.ExecuteScalar<long>("SELECT count(*) FROM readings r JOIN models m ON m.id = r.model WHERE length(r.embedding) <> 4 * m.embedding_length"));
        Assert.Equal(0, connection.ExecuteScalar<long>("SELECT count(*) FROM readings r JOIN pictures p ON p.row = r.picture WHERE p.shown_model IS NULL"));
        Assert.Equal(0, connection.ExecuteScalar<long>("SELECT count(*) FROM annotations a WHERE a.model IS NOT NULL AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.picture = a.picture AND r.model = a.model)"));

        // Nothing acknowledged is lost.
        Assert.True(connection.ExecuteScalar<long>("SELECT count(*) FROM files WHERE path NOT LIKE 'originals/%'") >= indexed);

        // One that was killed between being hidden and brought back stays hidden; its file was verified above.
        var hidden = connection.Query<string>("SELECT id FROM pictures WHERE hidden = 1").ToHashSet(StringComparer.Ordinal);
        foreach (string id in uploaded.Except(hidden, StringComparer.Ordinal))
            Assert.True(library.Content(id) is { Bytes.Length: > 0 }, $"upload {id} was acknowledged and is gone");
    }

    /// <summary>What people were told is kept.</summary>
    private sealed class Spoken
    {
        private readonly HashSet<(string Id, string Value)> _said = [], _rejected = [];
        private readonly Dictionary<string, int> _rated = [];

        public void Note(string line)
        {
            string[] words = line.Split(' ', 3);
            if (words.Length < 3)
                return;
            switch (words[0])
            {
                case "said": _said.Add((words[1], words[2])); break;
                case "rejected": _rejected.Add((words[1], words[2])); break;
                case "rated": _rated[words[1]] = int.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture); break;
            }
        }

        public void Check(PictureLibrary library)
        {
            foreach (IGrouping<string, (string Id, string Value)> of in _said.Concat(_rejected).GroupBy(s => s.Id))
            {
                // Killed between hiding and bringing back, it is hidden: whole, and not lost.
                if (library.Get(of.Key) is null)
                    continue;
                IReadOnlyList<AnnotationItem> now = library.Annotations(of.Key);
                foreach ((string id, string value) in of)
                    Assert.Contains(now, a => a.Value == value && a.Rejected == _rejected.Contains((id, value)));
            }

            foreach ((string id, int stars) in _rated)
                Assert.True(library.Get(id) is not { } item || item.Rating > 0, $"{id} was rated {stars}");
        }
    }
}
