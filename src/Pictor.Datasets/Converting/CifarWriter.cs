using System.Globalization;
using Pictor.Datasets.Cifar;
using Pictor.Imaging;

namespace Pictor.Datasets.Converting;

/// <summary>The binary version of CIFAR-10: data_batch_1.bin and so on, test_batch.bin, batches.meta.txt.</summary>
internal static class CifarWriter
{
    private const int RecordsPerFile = 10_000;
    private static readonly Preprocessing s_input = new(new PictureShape(3, CifarFile.Side, CifarFile.Side), ResizePolicy.CentreCrop, [0, 0, 0], [1, 1, 1]);

    public static void Write(Output output)
    {
        Dataset data = output.Data;
        if (data.Task != DatasetTask.SingleLabel || data.Labels.Count > 256)
            throw new InputException(data.Path, "CIFAR files hold exactly one class a picture, of at most 256", "Write it with --to manifest.");
        if (!output.Options.Resize)
            CheckSizes(data);
        var files = new FileStream?[2];
        int[] counts = new int[2];
        try
        {
            output.ForEach(sample =>
            {
                byte[] record = RecordOf(output, sample);
                Losses.Tell(output, sample, "CIFAR files", boxes: true, groups: true, targets: true, columns: true);
                if (sample.Declared is Split.Val)
                    output.Lose(sample, "CIFAR files hold train and test only; validation becomes part of train");
                else if (sample.Declared is null)
                    output.Lose(sample, "CIFAR files hold train and test only; pictures without a part become part of train");
                int part = sample.Declared is Split.Test ? 1 : 0;
                if (counts[part] % RecordsPerFile == 0 && (part == 0 || counts[part] == 0))
                {
                    files[part]?.Dispose();
                    files[part] = File.Create(output.Place(part == 1 ? "test_batch.bin" : string.Create(CultureInfo.InvariantCulture, $"data_batch_{1 + (counts[0] / RecordsPerFile)}.bin")));
                }

                files[part]!.Write(record);
                counts[part]++;
                output.Count();
            });
        }
        finally
        {
            files[0]?.Dispose();
            files[1]?.Dispose();
        }

        output.Write("batches.meta.txt", string.Join('\n', data.Labels.Select(l => l.Id.ReplaceLineEndings(" "))) + "\n");
    }

    /// <summary>A whole set of another size would be skipped picture by picture; better to say so at once.</summary>
    private static void CheckSizes(Dataset data)
    {
        foreach (Sample sample in data.Samples)
        {
            if (HeaderOf(data, sample) is { } header && (header.Width != CifarFile.Side || header.Height != CifarFile.Side))
                throw new InputException(sample.File, string.Create(CultureInfo.InvariantCulture, $"It is {header.Width} x {header.Height}, and CIFAR files hold 32 x 32 only"), "Pass --resize to bring every picture to 32 x 32 (its middle, scaled), or write another format.");
        }
    }

    /// <summary>Null where it cannot be read, which is told when the picture's turn comes.</summary>
    private static PictureHeader? HeaderOf(Dataset data, Sample sample)
    {
        try
        {
            return data.ReadHeader(sample);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static byte[] RecordOf(Output output, Sample sample)
    {
        var record = new byte[1 + CifarFile.PixelBytes];
        record[0] = (byte)sample.Class;
        s_input.ToPlanes(output.Data.Read(sample, s_input.DecodeOptions()), record.AsSpan(1));
        return record;
    }
}
