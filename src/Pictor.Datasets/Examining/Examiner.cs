using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Decodes every picture once, side by side, and keeps of each only its size and its counts.</summary>
internal static class Examiner
{
    /// <summary>Larger pictures are shrunk while they are read: their mean stays, and a photo of 50 megapixels costs no more than it must.</summary>
    private static readonly DecodeOptions s_decode = new() { ShortSideAtLeast = 512 };

    public static DatasetInfo Examine(Dataset data, int seed, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        SplitPlan plan = SplitPlan.For(data, seed);
        Survey survey = Look(data, plan, progress, cancellationToken);
        DuplicateGroup[] duplicates = Duplicates(data);
        (float[] mean, float[] std) = survey.Statistics();
        int[] perClass = new int[data.Labels.Count];
        foreach (Sample sample in data.Samples)
        {
            foreach (int c in sample.Classes)
                perClass[c]++;
        }

        (int Width, int Height)[] sizes = [.. survey.Sizes.Where(s => s.Width > 0)];
        return new DatasetInfo
        {
            Path = data.Path,
            Format = data.Format,
            Samples = data.Samples.Count,
            Classes = data.Labels.Count,
            Declared = Count(data.Samples, s => s.Declared),
            Plan = new PlanInfo(plan.Train.Count, plan.Val.Count, plan.Test.Count, plan.Seed, plan.WasCut, plan.Explanation),
            PerClass = PerClass(data, plan, perClass),
            Imbalance = perClass.Any(n => n > 0) ? (double)perClass.Max() / perClass.Where(n => n > 0).Min() : 1,
            Task = data.Task,
            Labelling = Labelling.Of(data),
            Notes = data.Notes,
            Width = Range([.. sizes.Select(s => s.Width)]),
            Height = Range([.. sizes.Select(s => s.Height)]),
            CommonSize = sizes.Length == 0 ? null : sizes.CountBy(s => s).OrderByDescending(c => c.Value).ThenBy(c => c.Key).Select(c => new CommonSize(c.Key.Width, c.Key.Height, c.Value)).First(),
            Channels = survey.Channels,
            Grey = survey.GreyPictures,
            Mean = mean,
            Std = std,
            Unreadable = [.. data.Skipped, .. survey.Failures.OfType<SkippedFile>()],
            Duplicates = duplicates,
            Leaks = [.. duplicates.Where(d => d.Parts.Count > 1)],
            Fingerprint = data.Fingerprint,
        };
    }

    private static Survey Look(Dataset data, SplitPlan plan, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var counted = new bool[data.Samples.Count];
        foreach (int i in plan.Train.Count > 0 ? plan.Train : [.. Enumerable.Range(0, counted.Length)])
            counted[i] = true;
        var survey = new Survey(data.Samples.Count);
        int done = 0, every = Math.Max(1, data.Samples.Count / 1000);
        SideBySide.For(data.Samples.Count, () => new ValueCounts(), (i, counts) =>
        {
            try
            {
                (PictureHeader header, Pixels pixels) = data.Examine(data.Samples[i], s_decode);
                survey.Sizes[i] = (header.Width, header.Height);
                counts.Add(pixels, counted[i]);
            }
            catch (InputException e)
            {
                survey.Failures[i] = new SkippedFile(data.Samples[i].File, e.Problem.EndsWith('.') ? e.Problem : e.Problem + ".");
            }

            int now = Interlocked.Increment(ref done);
            if (now % every == 0 || now == data.Samples.Count)
                progress?.Report(new Progress("Examining pictures", now, data.Samples.Count));
            return counts;
        }, survey.Merge, cancellationToken);
        return survey;
    }

    private static DuplicateGroup[] Duplicates(Dataset data) =>
    [
        .. data.Samples.GroupBy(s => s.Sha256, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => new DuplicateGroup(
            g.Key,
            [.. g.Select(s => s.File)],
            [.. g.SelectMany(s => s.Classes).Distinct().Select(c => data.Labels[c].Id)],
            g.Any(s => !s.Classes.SequenceEqual(g.First().Classes)),
            [.. g.Select(s => s.Declared).OfType<Split>().Distinct().Order()])),
    ];

    private static ClassInfo[] PerClass(Dataset data, SplitPlan plan, int[] counts)
    {
        var planned = new Split?[data.Samples.Count];
        foreach (Split split in Enum.GetValues<Split>())
        {
            foreach (int i in plan[split])
                planned[i] = split;
        }

        ILookup<int, Sample> byClass = data.Samples.SelectMany(s => s.Classes.Select(c => (Class: c, Sample: s))).ToLookup(p => p.Class, p => p.Sample);
        return [.. data.Labels.Select((label, c) => new ClassInfo(
            label.Id, label.Name, label.Chinese, counts[c], Count(byClass[c], s => s.Declared), Count(byClass[c], s => planned[s.Index])))];
    }

    private static PartCounts Count(IEnumerable<Sample> samples, Func<Sample, Split?> partOf)
    {
        int train = 0, val = 0, test = 0, none = 0;
        foreach (Sample sample in samples)
        {
            _ = partOf(sample) switch { Split.Train => train++, Split.Val => val++, Split.Test => test++, _ => none++ };
        }

        return new PartCounts(train, val, test, none);
    }

    private static LengthRange? Range(int[] lengths)
    {
        if (lengths.Length == 0)
            return null;
        Array.Sort(lengths);
        return new LengthRange(lengths[0], lengths[(lengths.Length - 1) / 2], lengths[^1]);
    }
}
