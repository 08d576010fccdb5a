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
