using System.Globalization;
using System.Text;
using Pictor.Datasets.Manifests;
using Pictor.Imaging;

namespace Pictor.Datasets.Converting;

/// <summary>What all writers share: the source, the folder to fill, how pictures get their names and bytes, and what could not be held.</summary>
internal sealed class Output(Dataset data, string folder, ConvertOptions options, IProgress<Progress>? progress, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, (int Count, string First)> _lost = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _warnings = [];
    private int _done;

    public Dataset Data => data;

    public ConvertOptions Options => options;

    public int Written { get; private set; }

    public List<SkippedFile> Skipped { get; } = [];

    /// <summary>What the format cannot hold, in sentences.</summary>
    public IReadOnlyList<string> Warnings => [.. _warnings, .. _lost.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key} ({l.Value.Count} {(l.Value.Count == 1 ? "picture" : "pictures")}, first {l.Value.First})."))];

    /// <summary>True where at least one sample has a declared part; then those without go to train, for a format where every picture has its part.</summary>
    public bool HasParts { get; } = data.Samples.Any(s => s.Declared is not null);

    /// <summary>Notes that something of a sample is lost; each loss becomes one warning.</summary>
    public void Lose(Sample sample, string what) =>
        _lost[what] = _lost.TryGetValue(what, out (int Count, string First) known) ? (known.Count + 1, known.First) : (1, sample.File);

    public void Warn(string sentence) => _warnings.Add(sentence);

    /// <summary>The part where every picture needs one; null where there are none at all.</summary>
    public Split? PartOf(Sample sample)
    {
        if (!HasParts || sample.Declared is not null)
            return sample.Declared;
        Lose(sample, "Pictures without a part stand beside parts, and are put into train");
        return Split.Train;
    }

    public void Write(string path, string text) => File.WriteAllText(Place(path), text, new UTF8Encoding(false));

    public string Place(string path)
    {
        string full = System.IO.Path.Combine(folder, path.Replace('/', System.IO.Path.DirectorySeparatorChar));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        return full;
    }

    /// <summary>The samples one after another; one that cannot be read is skipped with its reason.</summary>
    public void ForEach(Action<Sample> write)
    {
        int every = Math.Max(1, data.Samples.Count / 500);
        foreach (Sample sample in data.Samples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                write(sample);
            }
            catch (InputException e)
            {
                Skip(sample, e.Problem.EndsWith('.') ? e.Problem : e.Problem + ".");
            }

            if (++_done % every == 0 || _done == data.Samples.Count)
                progress?.Report(new Progress("Writing pictures", _done, data.Samples.Count));
        }
    }

    public void Skip(Sample sample, string reason) => Skipped.Add(new SkippedFile(sample.File, reason));

    public void Count() => Written++;

    /// <summary>Writes the picture's file below <paramref name="below"/> under its own name, or one that is still free; gives that name.</summary>
    /// <param name="sample">The picture.</param>
    /// <param name="below">Folder, ending with a slash.</param>
    /// <param name="freeStem">True where files beside it share its name without ending, as annotations do.</param>
    public string Picture(Sample sample, string below, bool freeStem = false)
    {
        ReadOnlyMemory<byte>? file = data.FileOf(sample);
        string name = FreeName(NameOf(sample, file is null), freeStem ? "" : below, freeStem);
        string place = Place(below + name);
        if (file is not { } bytes)
            File.WriteAllBytes(place, PictureWriter.Png(data.Read(sample)));
        else if (options.Link && File.Exists(sample.File))
            File.CreateSymbolicLink(place, sample.File);
        else
            File.WriteAllBytes(place, bytes.Span);
        Written++;
        return name;
    }

    private static string NameOf(Sample sample, bool raw)
    {
        string name = SampleNames.LastOf(sample.File);
        int record = name.LastIndexOf('#');
        if (!raw || record < 0)
            return Clean(name);
        string stem = name[..record].Replace(".gz", "", StringComparison.OrdinalIgnoreCase).Replace(".bin", "", StringComparison.OrdinalIgnoreCase);
        return Clean($"{stem}-{name[(record + 1)..].PadLeft(5, '0')}.png");
    }

    /// <summary>A name that every file system takes and no reader passes over.</summary>
    public static string Clean(string name)
    {
        string clean = string.Concat(name.Select(c => c < ' ' || "<>:\"/\\|?*".Contains(c, StringComparison.Ordinal) ? '_' : c)).TrimEnd(' ', '.');
        return clean.Length == 0 || clean[0] == '.' ? "_" + clean.TrimStart('.') : clean;
    }

    private string FreeName(string name, string below, bool freeStem)
    {
        string stem = System.IO.Path.GetFileNameWithoutExtension(name), ending = System.IO.Path.GetExtension(name);
        string Key(string s) => below + (freeStem ? s : s + ending);
        string free = stem;
        for (int i = 2; !_names.Add(Key(free)); i++)
            free = string.Create(CultureInfo.InvariantCulture, $"{stem}-{i}");
        return free + ending;
    }
}
