using System.Diagnostics;
using System.IO.Compression;
using Pictor.Datasets;
using Pictor.Imaging;

namespace Pictor.Bench.Duplicates;

/// <summary>One kind of edit.</summary>
internal sealed record EditFigures(string Edit, int Pictures, int Found, double Recall);

/// <summary>How well duplicates are found among photos, and how long a data set takes.</summary>
internal sealed record DuplicatesReport(string Data, int Pictures, int Sets, int Pairs, int FalsePairs, double Precision, IReadOnlyList<EditFigures> Edits, double FingerprintSeconds, double FindSeconds);

/// <summary>
/// duplicates --pairs near-dup.zip --among photos.zip,coco-64.zip: recall by edit and precision, judged by pairs.tsv in the first archive.
/// duplicates --data mnist: time, and how many sets there are in a data set.
/// </summary>
internal static class DuplicatesBench
{
    public static async Task<DuplicatesReport> RunAsync(Flags flags, TextWriter output)
    {
        flags.Allow("pairs", "among", "data", "show", "corners");
        int corners = flags.Number("corners", 200, 0);
        DuplicatesReport report = flags.Text("data", "") is { Length: > 0 } data
            ? await OverDataAsync(data, flags.Number("show", 0, 0), corners, output)
            : OverPairs(flags, corners, output);
        foreach (EditFigures edit in report.Edits)
            output.WriteLine($"{edit.Edit,-18} {edit.Found,4} of {edit.Pictures,4}  recall {edit.Recall:0.000}");
        output.WriteLine($"{report.Pictures} pictures, {report.Sets} sets, {report.Pairs} pairs, {report.FalsePairs} false, precision {report.Precision:0.0000}; fingerprints {report.FingerprintSeconds:0.0} s, finding {report.FindSeconds:0.0} s");
        return report;
    }

    private static async Task<DuplicatesReport> OverDataAsync(string path, int show, int corners, TextWriter output)
    {
        using Dataset data = await Dataset.OpenAsync(path);
        var clock = Stopwatch.StartNew();
        var prints = new PictureFingerprint?[data.Samples.Count];
        Parallel.For(0, prints.Length, i => prints[i] = PictureFingerprint.Of(data.Read(data.Samples[i], new DecodeOptions { ShortSideAtLeast = PictureFingerprint.EnoughPixels }), corners));
        double printed = clock.Elapsed.TotalSeconds;
        IReadOnlyList<DuplicateSet> sets = DuplicateFinder.Find(prints, [.. data.Samples.Select(s => s.Sha256)]);
        foreach (DuplicateSet set in sets.Take(show))
            output.WriteLine($"{set.Kind} {string.Join("  ", set.Members.Zip(set.Similarity, (m, s) => $"{m}({data.Labels[data.Samples[m].Class].Id}, {s:0.000})"))}");
        foreach (DuplicateKind kind in Enum.GetValues<DuplicateKind>())
            output.WriteLine($"{kind}: {sets.Count(s => s.Kind == kind)} sets, {sets.Where(s => s.Kind == kind).Sum(s => s.Members.Count)} pictures, {sets.Count(s => s.Kind == kind && s.Members.Any(m => data.Samples[m].Class != data.Samples[s.Members[0]].Class))} under several labels");
        return new DuplicatesReport(path, prints.Length, sets.Count, sets.Sum(Pairs), 0, double.NaN, [], printed, clock.Elapsed.TotalSeconds - printed);
    }

    private static DuplicatesReport OverPairs(Flags flags, int corners, TextWriter output)
    {
        string pairs = flags.Text("pairs", "");
        if (pairs.Length == 0)
            throw new InputException("--pairs", "neither --pairs nor --data is given", "Name an archive with pairs.tsv, or a data set.");
        var names = new List<string>();
        var files = new List<byte[]>();
        var origin = new Dictionary<string, (string Original, string Edit)>(StringComparer.Ordinal);
        using (ZipArchive zip = ZipFile.OpenRead(pairs))
        {
            using var table = new StreamReader(zip.GetEntry("pairs.tsv")!.Open());
            foreach (string[] row in table.ReadToEnd().Split('\n').Skip(1).Select(l => l.TrimEnd('\r').Split('\t')).Where(r => r.Length >= 4))
            {
                origin[row[0]] = (row[1], row[2]);
                origin[row[3]] = (row[1], "photo");
            }

            Add(zip);
        }

        foreach (string archive in flags.Text("among", "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            using ZipArchive zip = ZipFile.OpenRead(archive);
            Add(zip);
        }

        var clock = Stopwatch.StartNew();
        var prints = new PictureFingerprint?[files.Count];
        Parallel.For(0, prints.Length, i => prints[i] = PictureFingerprint.Of(PictureReader.Decode(files[i], names[i], new DecodeOptions { ShortSideAtLeast = PictureFingerprint.EnoughPixels }), corners));
        double printed = clock.Elapsed.TotalSeconds;
        IReadOnlyList<DuplicateSet> sets = DuplicateFinder.Find(prints);
        double found = clock.Elapsed.TotalSeconds - printed;

        string OriginOf(int i) => origin.TryGetValue(names[i], out (string Original, string Edit) o) ? o.Original : names[i];
        int[] group = DuplicateFinder.GroupOf(sets, files.Count);
        Dictionary<string, int> at = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i, StringComparer.Ordinal);
        EditFigures[] edits = [.. origin.Where(o => o.Value.Edit != "original" && at.ContainsKey(o.Key)).GroupBy(o => o.Value.Edit, StringComparer.Ordinal).Select(g =>
        {
            int hits = g.Count(o => group[at[o.Key]] == group[at[o.Value.Original]]);
            return new EditFigures(g.Key, g.Count(), hits, (double)hits / g.Count());
        })];
        int wrong = 0;
        foreach (DuplicateSet set in sets)
        {
            int[] parts = [.. set.Members.CountBy(OriginOf, StringComparer.Ordinal).Select(c => c.Value)];
            int bad = Pairs(set) - parts.Sum(p => p * (p - 1) / 2);
            wrong += bad;
            if (bad > 0)
                output.WriteLine($"mixed: {string.Join("  ", set.Members.Zip(set.Similarity, (m, s) => $"{names[m]}({s:0.000})"))}");
        }

        int all = sets.Sum(Pairs);
        return new DuplicatesReport(pairs, files.Count, sets.Count, all, wrong, all == 0 ? double.NaN : 1 - ((double)wrong / all), edits, printed, found);

        void Add(ZipArchive zip)
        {
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                using var memory = new MemoryStream();
                using (Stream stream = entry.Open())
                    stream.CopyTo(memory);
                byte[] bytes = memory.ToArray();
                if (PictureReader.Sniff(bytes) == PictureFormat.Unknown)
                    continue;
                names.Add(entry.FullName.StartsWith("photos/", StringComparison.Ordinal) ? entry.FullName["photos/".Length..] : entry.FullName);
                files.Add(bytes);
            }
        }
    }

    private static int Pairs(DuplicateSet set) => set.Members.Count * (set.Members.Count - 1) / 2;
}
