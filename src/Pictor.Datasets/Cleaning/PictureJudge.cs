using System.Globalization;
using Pictor.Imaging;

namespace Pictor.Datasets.Cleaning;

/// <summary>Damage, wrong names, and pictures unlike the others of their set.</summary>
internal static class PictureJudge
{
    public static IEnumerable<CleaningIssue> Judge(Dataset data, PictureScan scan, CleaningOptions options)
    {
        foreach (SkippedFile file in data.Skipped)
        {
            // A list or a readme beside the pictures is no damage, and neither is a picture that only lies in the wrong place.
            bool outside = FormatOfName(file.File) == PictureFormat.Unknown || file.Reason.Contains("lies outside", StringComparison.Ordinal) || file.Reason.Contains("link", StringComparison.Ordinal);
            yield return new CleaningIssue(-1, file.File, outside ? CleaningProblem.LeftOut : CleaningProblem.Undecodable, outside ? 0.5 : 1, "", "", null, CleaningAction.Drop, file.Reason);
        }

        PictureFacts[] all = [.. scan.Facts.OfType<PictureFacts>()];
        var usual = new Usual(all);
        for (int i = 0; i < scan.Facts.Length; i++)
        {
            if (scan.Faults[i] is { } fault)
            {
                bool truncated = fault is PictureException { IsTruncated: true };
                yield return Issue(data, i, truncated ? CleaningProblem.Truncated : CleaningProblem.Undecodable, 1, CleaningAction.Drop, Sentence(fault.Problem));
            }
            else if (scan.Facts[i] is { } facts)
            {
                if (WrongName(data.Samples[i].File, facts.Format) is { } wrong)
                    yield return Issue(data, i, CleaningProblem.WrongExtension, 0.5, CleaningAction.Keep, wrong);
                foreach ((CleaningProblem problem, double severity, string detail) in Odd(facts, usual, options))
                    yield return Issue(data, i, problem, severity, CleaningAction.Keep, detail);
            }
        }
    }

    private static IEnumerable<(CleaningProblem Problem, double Severity, string Detail)> Odd(PictureFacts facts, Usual usual, CleaningOptions options)
    {
        // A uniform picture is dark or bright and never sharp; it is said once.
        if ((facts.Deviation < options.FlatBelow && usual.Deviation.Of(facts.Deviation) < -2) || (facts.Entropy < options.EntropyBelow && usual.Entropy.Of(facts.Entropy) < -2))
        {
            yield return (CleaningProblem.LowInformation, 1 - (facts.Deviation / 256), Say($"Nearly uniform: its grey values deviate by {facts.Deviation:0.0} of 255, {usual.Deviation.Median:0} are usual here."));
            yield break;
        }

        int side = Math.Min(facts.Width, facts.Height);
        if (side < options.SmallBelow && side < options.SmallShare * usual.Side.Median)
            yield return (CleaningProblem.TooSmall, 1 - (side / usual.Side.Median), Say($"{facts.Width} x {facts.Height} pixels; the shorter side of the others is {usual.Side.Median:0}."));
        double ratio = (double)facts.Width / facts.Height, times = ratio / Math.Pow(2, usual.Aspect.Median);
        if (Math.Max(ratio, 1 / ratio) > options.LongAbove && Math.Max(times, 1 / times) > options.LongTimes)
            yield return (CleaningProblem.OddAspect, Squash(Math.Max(times, 1 / times) / options.LongTimes), Say($"{facts.Width} x {facts.Height} pixels are {Math.Max(ratio, 1 / ratio):0.0} to 1; networks get it squeezed or cut."));
        if (facts.Bright < options.DarkBelow && usual.Bright.Of(facts.Bright) < -options.Deviations)
            yield return (CleaningProblem.Dark, 1 - (facts.Bright / 255), Say($"98 % of it is darker than {facts.Bright:0} of 255; {usual.Bright.Median:0} is usual here."));
        if (facts.Dark > options.BrightAbove && usual.Dark.Of(facts.Dark) > options.Deviations)
            yield return (CleaningProblem.Bright, facts.Dark / 255, Say($"98 % of it is brighter than {facts.Dark:0} of 255; {usual.Dark.Median:0} is usual here."));
        double sharp = usual.Sharpness.Of(facts.Sharpness);
        if (facts.Sharpness < options.BlurryBelow && sharp < -options.Deviations)
            yield return (CleaningProblem.Blurry, Squash(-sharp / options.Deviations), Say($"Nowhere sharp: {-sharp:0.0} deviations below what is usual here."));
    }

    private static CleaningIssue Issue(Dataset data, int sample, CleaningProblem problem, double severity, CleaningAction action, string detail) =>
        new(sample, data.Samples[sample].File, problem, Math.Round(Math.Clamp(severity, 0, 1), 4), SampleLabels.Of(data, data.Samples[sample]), "", null, action, detail);

    private static string? WrongName(string file, PictureFormat format)
    {
        PictureFormat named = FormatOfName(file);
        return named == PictureFormat.Unknown || format == PictureFormat.Unknown || named == format
            ? null
            : $"It is called {Path.GetExtension(file)}, and is {format.ToString().ToUpperInvariant()} by its content.";
    }

    private static PictureFormat FormatOfName(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".JPG" or ".JPEG" or ".JPE" or ".JFIF" => PictureFormat.Jpeg,
        ".PNG" => PictureFormat.Png,
        ".BMP" or ".DIB" => PictureFormat.Bmp,
        ".GIF" => PictureFormat.Gif,
        ".WEBP" => PictureFormat.WebP,
        ".TIF" or ".TIFF" => PictureFormat.Tiff,
        _ => PictureFormat.Unknown,
    };

    private static double Squash(double times) => 1 - (1 / (1 + times));

    private static string Sentence(string problem) => problem.EndsWith('.') ? problem : problem + ".";

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is usual in the set, by figure.</summary>
    private sealed class Usual(PictureFacts[] all)
    {
        public Outliers Side { get; } = new(all.Select(f => (double)Math.Min(f.Width, f.Height)), 1);

        public Outliers Aspect { get; } = new(all.Select(f => Math.Log2((double)f.Width / f.Height)), 0.1);

        public Outliers Deviation { get; } = new(all.Select(f => f.Deviation), 2);

        public Outliers Entropy { get; } = new(all.Select(f => f.Entropy), 0.1);

        public Outliers Bright { get; } = new(all.Select(f => f.Bright), 4);

        public Outliers Dark { get; } = new(all.Select(f => f.Dark), 4);

        public Outliers Sharpness { get; } = new(all.Select(f => f.Sharpness), 0.1);
    }
}
