using System.Globalization;
using Pictor.Datasets;
using Pictor.Imaging;

namespace Pictor.Bench.Augment;

/// <summary>
/// augment: batches from a store with each preset, against batches without augmentation (copy and normalise) and against decoding the same pictures from JPEG,
/// turn by turn in one run, in processor time, which other programs on the machine disturb least. The pictures are Pictor's own drawings, grown to the size of the files.
/// With <c>--each 1</c> also each operation alone.
/// </summary>
internal static class AugmentBench
{
    private const int WarmRounds = 4;
    private const string Decode = "decode JPEG";
    private const string Copy = "copy and normalise";

    private static readonly (string Name, Augmentation Augmentation)[] s_each =
    [
        ("shift, edge", new() { Crop = 4 }), ("shift, reflect", new() { Crop = 4, Padding = PaddingMode.Reflect }), ("rotation", new() { Rotation = 10 }),
        ("rotation and four more", new() { Crop = 4, Rotation = 10, Scale = 0.2, Shear = 5, Flip = true }), ("brightness, contrast", new() { Brightness = 0.2, Contrast = 0.2 }),
        ("saturation", new() { Saturation = 0.2 }), ("hue", new() { Hue = 0.1 }), ("blur", new() { Blur = 1 }), ("sharpen", new() { Sharpen = 1 }), ("resample", new() { Resample = 1 }),
        ("erase", new() { Erase = 1 }), ("cutout", new() { Cutout = 0.25 }), ("trivialAugment", new() { TrivialAugment = true }), ("randAugment 2", new() { RandAugment = 2 }),
        ("mixup", new() { Mixup = 1 }), ("cutmix", new() { Cutmix = 1 }),
    ];

    public static async Task<AugmentReport> RunAsync(Flags flags, TextWriter output)
    {
        flags.Allow("size", "channels", "file-size", "pictures", "batch", "rounds", "each");
        int size = flags.Number("size", 32), channels = flags.Number("channels", 3), side = flags.Number("file-size", size), pictures = flags.Number("pictures", 2048);
        int batch = flags.Number("batch", 128), rounds = flags.Number("rounds", 5), each = flags.Number("each", 0, least: 0);
        string folder = Directory.CreateTempSubdirectory("pictor-bench-").FullName;
        try
        {
            byte[][] files = Draw(folder, pictures, side);
            using Dataset data = await Dataset.OpenAsync(folder).ConfigureAwait(false);
            var shape = new PictureShape(channels, size, size);
            var preprocessing = new Preprocessing(shape, ResizePolicy.CentreCrop, [.. Enumerable.Repeat(0.5f, channels)], [.. Enumerable.Repeat(0.25f, channels)]);
            using PackedStore store = await PackedStore.BuildAsync(data, [.. Enumerable.Range(0, pictures)], preprocessing).ConfigureAwait(false);

            var ways = new List<(string Name, Action Work)> { (Decode, () => DecodeAll(files, preprocessing.DecodeOptions())) };
            IEnumerable<(string Name, Augmentation Augmentation)> named = AugmentationPresets.All.Select(preset => (preset.Name == "none" ? Copy : preset.Name, preset.Augmentation));
            foreach ((string name, Augmentation augmentation) in each > 0 ? named.Concat(s_each) : named)
            {
                var source = new BatchSource(store, preprocessing, augmentation.IsNone ? null : new Augmenter(augmentation, shape, 1), batch, 1);
                ways.Add((name, () => FillAll(source, shape, batch)));
            }

            output.WriteLine(Machine.Processor);
            output.WriteLine($"{pictures:N0} pictures of {shape}, drawn as JPEG of {side} x {side}, batches of {batch}, one thread, processor time, median of {rounds} rounds in turns");
            (double[] medians, double?[] idle) = Measure(ways, rounds);
            AugmentRow[] rows = [.. ways.Select((way, i) => new AugmentRow(way.Name, pictures / medians[i], medians[i] / pictures * 1e6, medians[i] / medians[1], medians[i] / medians[0]))];
            Print(rows, idle, output);
            return new AugmentReport(Machine.Processor, idle, shape.ToString(), string.Create(CultureInfo.InvariantCulture, $"JPEG {side}x{side}"), pictures, rows);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[][] Draw(string folder, int pictures, int side)
    {
        var files = new byte[pictures][];
        for (int i = 0; i < pictures; i++)
        {
            int label = i % DrawnPictures.Labels.Count;
            files[i] = PictureWriter.Jpeg(Resizer.Resize(DrawnPictures.Draw(label, i, 1), side, side, ResizeFilter.Bicubic));
            string place = Path.Combine(folder, DrawnPictures.Labels[label].Id);
            Directory.CreateDirectory(place);
            File.WriteAllBytes(Path.Combine(place, string.Create(CultureInfo.InvariantCulture, $"{i:000000}.jpg")), files[i]);
        }

        return files;
    }

    /// <summary>Seconds of each way, median of the rounds; a round goes through all ways in turn, after some unmeasured ones.</summary>
    private static (double[] Medians, double?[] Idle) Measure(List<(string Name, Action Work)> ways, int rounds)
    {
        var times = new double[ways.Count][];
        var idle = new double?[rounds];
        for (int i = 0; i < ways.Count; i++)
            times[i] = new double[rounds];
        for (int round = -WarmRounds; round < rounds; round++)
        {
            if (round >= 0) idle[round] = Machine.IdleShare();
            for (int i = 0; i < ways.Count; i++)
            {
                TimeSpan start = Environment.CpuUsage.TotalTime;
                ways[i].Work();
                if (round >= 0) times[i][round] = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            }
        }

        return ([.. times.Select(t => t.Order().ElementAt(rounds / 2))], idle);
    }

    private static void DecodeAll(byte[][] files, DecodeOptions options)
    {
        foreach (byte[] file in files) PictureReader.Decode(file, "picture.jpg", options);
    }

    private static void FillAll(BatchSource source, PictureShape shape, int batch)
    {
        int[] order = source.Order(1);
        var values = new float[batch * shape.Length];
        var classes = new long[batch];
        for (int i = 0; i < order.Length; i += batch) source.Fill(order.AsSpan(i, Math.Min(batch, order.Length - i)), 1, values, classes);
    }

    private static void Print(AugmentRow[] rows, double?[] idle, TextWriter output)
    {
        output.WriteLine($"idle before the rounds: {string.Join(", ", idle.Select(share => share?.ToString("0%", CultureInfo.InvariantCulture) ?? "unknown"))}\n");
        output.WriteLine($"{"",-24}{"pictures/s",12}{"us/picture",12}{"of copy",10}{"of decode",11}");
        foreach (AugmentRow row in rows)
            output.WriteLine($"{row.Name,-24}{row.PicturesPerSecond,12:N0}{row.Microseconds,12:0.00}{row.OfCopy,9:0.00}x{row.OfDecode,10:0.00}x");
    }
}
