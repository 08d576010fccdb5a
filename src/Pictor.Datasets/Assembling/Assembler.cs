using System.Globalization;
using Pictor.Datasets.Files;
using Pictor.Datasets.Folders;
using Pictor.Imaging;

namespace Pictor.Datasets.Assembling;

/// <summary>What a format's reader hands over: pictures in order, and what is said of each.</summary>
/// <param name="Path">The path that was opened.</param>
/// <param name="Format">The format's name.</param>
/// <param name="Task">What the data set asks.</param>
/// <param name="Files">Where the pictures are; owned by the data set from then on.</param>
/// <param name="Drafts">One for each picture, each of another file.</param>
/// <param name="Names">The classes' names by id.</param>
internal sealed record Assembly(string Path, string Format, DatasetTask Task, IFileSet Files, IReadOnlyList<Draft> Drafts, LabelTable Names)
{
    public BoxUnit BoxUnit { get; init; }

    /// <summary>Classes that the format announces, whether or not a picture has them.</summary>
    public IReadOnlyList<string> Announced { get; init; } = [];

    public IReadOnlyList<SkippedFile> Skipped { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Looks at every picture that a format names, side by side, and makes the data set: the same for all formats.</summary>
internal static class Assembler
{
    public static Dataset Assemble(Assembly work, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        int count = work.Drafts.Count;
        var checks = new (string? Sha256, string? Reason)[count];
        var headers = new PictureHeader?[count];
        int done = 0;
        SideBySide.For(count, i =>
        {
            Draft draft = work.Drafts[i];
            bool measured = draft.Boxes.Count > 0 && work.BoxUnit == BoxUnit.StoredPixels;
            checks[i] = PictureFiles.Check(work.Files, draft.File, measured ? bytes => headers[i] = PictureReader.ReadHeader(bytes, "") : null);
            int now = Interlocked.Increment(ref done);
            if (now % 1024 == 0)
                progress?.Report(new Progress("Reading files", now, count));
        }, cancellationToken);
        progress?.Report(new Progress("Reading files", count, count));
        return Build(work, checks, headers);
    }

    private static Dataset Build(Assembly work, (string? Sha256, string? Reason)[] checks, PictureHeader?[] headers)
    {
        int[] kept = [.. Enumerable.Range(0, checks.Length).Where(i => checks[i].Sha256 is not null)];
        List<SkippedFile> skipped = [.. work.Skipped, .. Enumerable.Range(0, checks.Length).Where(i => checks[i].Sha256 is null).Select(i => new SkippedFile(work.Files.NameOf(work.Drafts[i].File), checks[i].Reason!))];
        var boxes = new BoxTally();
        IReadOnlyList<DraftBox>[] placed = [.. kept.Select(i => boxes.Place(work, i, headers[i]))];

        string[] ids = [.. kept.SelectMany(i => work.Drafts[i].Classes).Concat(placed.SelectMany(p => p).Select(b => b.Class)).Distinct(StringComparer.Ordinal).Order(LabelIds.Comparer)];
        Complain(work, kept.Length, ids, skipped);
        var classOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < ids.Length; i++)
            classOf[ids[i]] = i;

        var samples = new Sample[kept.Length];
        for (int i = 0; i < kept.Length; i++)
            samples[i] = SampleOf(i, work, work.Drafts[kept[i]], checks[kept[i]].Sha256!, placed[i], classOf);
        Label[] labels = [.. ids.Select(work.Names.LabelOf)];
        string fingerprint = ContentFingerprint.Of(work.Task, labels, samples, i => work.Files.Files[work.Drafts[kept[i]].File].Path);
        return new Dataset(System.IO.Path.GetFullPath(work.Path), work.Format, labels, samples, skipped, fingerprint, new FileReader(work.Files, [.. kept.Select(i => work.Drafts[i].File)]))
        {
            Task = work.Task,
            Notes = [.. work.Notes, .. boxes.Notes(), .. Unused(work, classOf)],
        };
    }

    private static Sample SampleOf(int index, Assembly work, Draft draft, string sha256, IReadOnlyList<DraftBox> boxes, Dictionary<string, int> classOf)
    {
        int[] classes = [.. draft.Classes.Select(c => classOf[c]).Distinct().Order()];
        var sample = new Sample(index, work.Files.NameOf(draft.File), classes.Length == 0 ? -1 : classes[0], draft.Declared, sha256)
        {
            Target = draft.Target,
            Group = draft.Group,
            Boxes = [.. boxes.Select(b => new SampleBox(classOf[b.Class], new BoundingBox(b.X, b.Y, b.Width, b.Height)))],
        };
        if (draft.Columns is { Count: > 0 } columns)
            sample = sample with { Columns = columns };

        // Left unset where there is one class, so that a copy with another Class says the same in Classes.
        return work.Task == DatasetTask.MultiLabel ? sample with { Classes = classes } : sample;
    }

    private static void Complain(Assembly work, int pictures, string[] ids, List<SkippedFile> skipped)
    {
        if (pictures == 0)
            throw new InputException(work.Path, work.Drafts.Count + skipped.Count == 0 ? "It names no picture" : $"None of its {Math.Max(work.Drafts.Count, skipped.Count)} pictures can be read (for instance {skipped[0].File}: {skipped[0].Reason.TrimEnd('.')})", "Check that the pictures lie where it says.") { Code = "data.no-pictures" };
        if (work.Task == DatasetTask.MultiLabel && ids.Length == 0)
            throw new InputException(work.Path, $"Its {pictures} pictures have no class", "Give at least one picture a class.");
        if (work.Task == DatasetTask.SingleLabel && ids.Length == 1)
            throw new InputException(work.Path, $"There is one class only ('{ids[0]}'), and telling apart needs two", "Add pictures of another class.");
    }

    private static string[] Unused(Assembly work, Dictionary<string, int> classOf)
    {
        string[] unused = [.. work.Announced.Where(id => !classOf.ContainsKey(id)).Distinct(StringComparer.Ordinal)];
        return unused.Length == 0 ? [] : [string.Create(CultureInfo.InvariantCulture,
            $"{unused.Length} of {work.Announced.Count} classes have no picture and are left out: {string.Join(", ", unused.Take(5).Select(u => $"'{u}'"))}{(unused.Length > 5 ? ", …" : "")}.")];
    }
}
