namespace Pictor.Library;

/// <summary>How a library is verified.</summary>
public sealed record VerifyOptions
{
    /// <summary>Mend what can be mended; needs a library opened for writing.</summary>
    public bool Repair { get; init; }

    /// <summary>Read every original and package and compare its SHA-256, not only its size.</summary>
    public bool Deep { get; init; }
}

/// <summary>Something of a library that is not as it must be.</summary>
/// <param name="Check">Which rule: <c>catalogue</c>, <c>original.missing</c>, <c>thumbnail.orphan</c>, ...</param>
/// <param name="Subject">The file, picture or row.</param>
/// <param name="Problem">What is wrong, as a sentence for people.</param>
/// <param name="Remedy">What mends it, or what mended it.</param>
/// <param name="Repaired">It was mended just now.</param>
public sealed record LibraryFault(string Check, string Subject, string Problem, string Remedy, bool Repaired);

/// <summary>What verifying found.</summary>
/// <param name="Checks">How many rules were checked.</param>
/// <param name="Pictures">Pictures in the catalogue.</param>
/// <param name="Originals">Files under originals/.</param>
/// <param name="Faults">What was not as it must be; empty for a sound library.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record VerifyOutcome(int Checks, long Pictures, long Originals, IReadOnlyList<LibraryFault> Faults, double Seconds)
{
    /// <summary>Faults that are still there.</summary>
    public int Left => Faults.Count(f => !f.Repaired);
}

/// <summary>What a backup holds.</summary>
/// <param name="Target">The file or folder, absolute.</param>
/// <param name="Pictures">Pictures in the saved catalogue.</param>
/// <param name="Originals">Originals in the backup.</param>
/// <param name="Copied">Originals that were not there from an earlier backup.</param>
/// <param name="Models">Packages.</param>
/// <param name="Bytes">Bytes written now.</param>
/// <param name="Skipped">Originals and packages that the catalogue names and that could not be read.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record BackupOutcome(string Target, long Pictures, long Originals, long Copied, int Models, long Bytes, IReadOnlyList<SkippedFile> Skipped, double Seconds);

/// <summary>What was restored.</summary>
public sealed record RestoreOutcome(string Library, DateTimeOffset CreatedAt, int Schema, long Pictures, long Originals, int Models, long Bytes, double Seconds);

/// <summary>A folder that the library knows.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Exclude">Patterns of what is passed over below it.</param>
/// <param name="Watched">A server of this library looks after it.</param>
/// <param name="IndexedAt">When it was last walked to the end.</param>
/// <param name="There">It can be seen now; false for a disk that is unplugged.</param>
public sealed record FolderItem(string Path, IReadOnlyList<string> Exclude, bool Watched, DateTimeOffset? IndexedAt, bool There);

/// <summary>Files and their bytes.</summary>
public sealed record FileTotals(long Files, long Bytes);

/// <summary>What there is in a library. <c>SaidByPeople</c> counts the annotations that people made here, <c>Imported</c> those taken over from files and their sidecars.</summary>
public sealed record LibraryInfo(
    string Library, int Schema, long Pictures, long Hidden, long Missing, long Files, long Skipped, long SaidByPeople, long Imported, long Rejections,
    long CatalogueBytes, FileTotals Originals, FileTotals Thumbnails, long IndexBytes, IReadOnlyList<ModelItem> Models, IReadOnlyList<FolderItem> Folders,
    DateTimeOffset? LastIndexedAt, int? OwnerPid, string? OwnerUrl);
