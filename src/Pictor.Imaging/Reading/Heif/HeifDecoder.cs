namespace Pictor.Imaging;

/// <summary>
/// HEIC and AVIF through libheif's program: the file goes into a folder of its own, the program writes a JPEG or PNG file beside it, and that is read as any other.
/// A decoder of such formats is large and has had its holes; in a process with limits it can neither hang nor crash Pictor, nor take its memory.
/// </summary>
internal static class HeifDecoder
{
    internal static Pixels Decode(ReadOnlyMemory<byte> file, string name, PictureFormat format, FileFacts facts, DecodeOptions options) =>
        Decode(file, name, format, facts, options, HeifSupport.Find() ?? throw Fault.NeedsLibheif(name, format), HeifLimits.Time);

    internal static Pixels Decode(ReadOnlyMemory<byte> file, string name, PictureFormat format, FileFacts facts, DecodeOptions options, string program, TimeSpan time)
    {
        string folder = Directory.CreateTempSubdirectory("pictor-heif-").FullName;
        try
        {
            // JPEG of quality 95 is several times as fast as PNG; only PNG keeps what is transparent.
            string input = Path.Combine(folder, "in.heif"), output = Path.Combine(folder, facts.Alpha ? "out.png" : "out.jpg");
            using (FileStream stream = File.Create(input))
                stream.Write(file.Span);
            string[] quality = facts.Alpha ? [] : ["-q", "95"];
            ChildOutcome outcome = LimitedChild.Run(program, [.. quality, input, output], folder, time, HeifLimits.AddressSpace);
            string? written = File.Exists(output) ? output : Directory.EnumerateFiles(folder, "out-*").Order(StringComparer.Ordinal).FirstOrDefault();
            if (outcome.TimedOut)
                throw Fault.Unsupported(name, $"decoding this {Fault.NameOf(format)} picture took longer than {time.TotalSeconds:0.#} seconds");
            if (outcome.ExitCode != 0 || written is null)
                throw Refused(name, format, outcome);
            return Read(written, name, facts, options);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Pixels Read(string path, string name, FileFacts facts, DecodeOptions options)
    {
        byte[] bytes = File.ReadAllBytes(path);
        (PictureFormat format, FileFacts written) = Guard.Check(bytes, name, options with { MaxBytes = long.MaxValue });

        // A crop that ends between two pixels may be rounded either way.
        if (Math.Abs(written.Width - facts.Width) > 1 || Math.Abs(written.Height - facts.Height) > 1)
            throw Fault.Damaged(name, $"the file says {facts.Width} x {facts.Height} pixels and holds {written.Width} x {written.Height}");
        return SkiaDecoder.Decode(bytes, name, format, written, options.ShortSideAtLeast);
    }

    private static PictureException Refused(string name, PictureFormat format, ChildOutcome outcome)
    {
        bool unsupported = outcome.Complaint.Contains("nsupported", StringComparison.Ordinal);
        string said = outcome.Complaint.Length == 0 ? "" : $" ({outcome.Complaint})";
        return unsupported
            ? Fault.Unsupported(name, $"this system's libheif cannot decode this {Fault.NameOf(format)} picture{said}")
            : Fault.Damaged(name, $"libheif cannot decode this {Fault.NameOf(format)} picture{said}");
    }
}

/// <summary>What one decoding may take. A picture of 12 megapixels takes about half a second and 200 MB.</summary>
internal static class HeifLimits
{
    internal static TimeSpan Time { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Bytes of address space; far more than memory, for each of its threads reserves some.</summary>
    internal const long AddressSpace = 6L << 30;
}
