using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>The part of a data set that a sample belongs to.</summary>
public enum Split
{
    /// <summary>For fitting weights.</summary>
    Train,

    /// <summary>For choosing among networks, settings and epochs.</summary>
    Val,

    /// <summary>For the final judgement; never touched while training.</summary>
    Test,
}

/// <summary>One labelled picture of a data set.</summary>
/// <param name="Index">Position in <see cref="Dataset.Samples"/>.</param>
/// <param name="File">Where it lies: an absolute path; <c>archive.zip!cat/1.jpg</c> for a member; <c>images-idx3-ubyte.gz#17</c> for a record.</param>
/// <param name="Class">Position in <see cref="Dataset.Labels"/>.</param>
/// <param name="Declared">The split that the data set itself names; null when it comes without one.</param>
/// <param name="Sha256">Hex SHA-256 of the file's bytes (of the raw pixels for IDX): equal for exact duplicates.</param>
public sealed record Sample(int Index, string File, int Class, Split? Declared, string Sha256);

/// <summary>Labelled pictures in one of the formats that Pictor reads, opened by content. Reading is safe from several threads.</summary>
public sealed class Dataset : IDisposable
{
    internal Dataset() { }

    /// <summary>The path that was opened.</summary>
    public string Path => throw new NotImplementedException();

    /// <summary>idx, folder, zip or tar.</summary>
    public string Format => throw new NotImplementedException();

    /// <summary>The classes, sorted by id (numerically where all ids are numbers).</summary>
    public IReadOnlyList<Label> Labels => throw new NotImplementedException();

    /// <summary>The samples in a stable order, independent of the file system's.</summary>
    public IReadOnlyList<Sample> Samples => throw new NotImplementedException();

    /// <summary>Files that are no pictures by their first bytes; found while opening. Damage inside a picture is found when it is decoded.</summary>
    public IReadOnlyList<SkippedFile> Skipped => throw new NotImplementedException();

    /// <summary>Hex SHA-256 over relative names, classes, declared splits and contents: equal exactly for equal data.</summary>
    public string Fingerprint => throw new NotImplementedException();

    /// <summary>Opens a folder, an archive or the IDX files in a folder.</summary>
    /// <exception cref="InputException">Nothing there, or nothing that is a data set: names what was found and what would be understood.</exception>
    public static Task<Dataset> OpenAsync(string path, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Decodes one sample, upright.</summary>
    /// <exception cref="InputException">The file is damaged or gone.</exception>
    public Pixels Read(Sample sample, DecodeOptions? options = null) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() { }
}
