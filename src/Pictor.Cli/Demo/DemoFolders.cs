namespace Pictor.Cli.Demo;

/// <summary>Where a demo puts things. The two demos do not share a folder, for one's model would meet the other's pictures.</summary>
/// <param name="Work">The folder of everything.</param>
internal sealed record DemoFolders(string Work)
{
    public string Library => Path.Combine(Work, "library");

    public string Run => Path.Combine(Work, "run");

    public string Report => Path.Combine(Work, "report");

    public string Pictures => Path.Combine(Work, "pictures");

    public string Labels => Path.Combine(Work, "labels.csv");

    /// <summary>Drops what an earlier demo left when that is wanted.</summary>
    /// <exception cref="InputException">The other demo lies there.</exception>
    public void Ready(bool train, bool force)
    {
        if (force)
        {
            foreach (string folder in new[] { Run, Report, Library, Pictures }.Where(Directory.Exists))
                Directory.Delete(folder, recursive: true);
            File.Delete(Labels);
        }

        bool trained = Directory.Exists(Run), rendered = File.Exists(Labels);
        if (train ? rendered : trained)
            throw new InputException(Work, $"The demo {(train ? "without" : "with")} --train lies there", "Name another folder by --out, or drop it by --force.");
    }
}
