using System.Runtime.CompilerServices;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Pictures;

/// <summary>
/// What filters, sorting and listing ask of every picture, by row of the catalogue: some 50 bytes each. A change is written into the very arrays while others read: a reader sees the old or
/// the new value of each, and the next question sees only the new ones.
/// </summary>
internal sealed class PictureColumns
{
    /// <summary>A time that is not known.</summary>
    internal const long NoTime = long.MinValue;

    /// <summary>The columns that <see cref="Set"/> reads. Packed by SQLite: fetching a value costs more than making it, and all of a library is fetched while somebody waits for the first page.</summary>
    internal const string Names =
        "row, 1 | (hidden << 1) | (missing << 2) | (favourite << 3) | (rating << 4) | (instr('" + Formats + "', format) << 8), ifnull(shown_model, 0), ifnull(taken_at, -9223372036854775807 - 1), added_at, sort_at, bytes, (width << 32) | height";

    private const byte Known = 1, Hidden = 2, Missing = 4, Starred = 8;

    /// <summary>All formats. Each is told by where its name begins; no name is part of another.</summary>
    internal const string Formats = "jpeg png bmp webp gif tiff heic avif";

    private readonly byte[] _states;
    private readonly int[] _shownModels;
    private readonly byte[] _formats;

    internal PictureColumns(int rows)
    {
        Length = rows;
        (_states, _shownModels, _formats) = (new byte[rows], new int[rows], new byte[rows]);
        (TakenAt, AddedAt, SortAt, Bytes, Widths, Heights) = (new long[rows], new long[rows], new long[rows], new long[rows], new int[rows], new int[rows]);
    }

    /// <summary>Each row is less than this.</summary>
    internal int Length { get; }

    /// <summary>Pictures with a file that are not hidden.</summary>
    internal int Visible { get; private set; }

    /// <summary>Milliseconds since 1970, or <see cref="NoTime"/>.</summary>
    internal long[] TakenAt { get; }

    internal long[] AddedAt { get; }

    internal long[] SortAt { get; }

    internal long[] Bytes { get; }

    internal int[] Widths { get; }

    internal int[] Heights { get; }

    /// <summary>There is such a picture and nobody hid it; its files may be missing.</summary>
    internal bool IsKnown(long row) => (ulong)row < (ulong)Length && (_states[row] & (Known | Hidden)) == Known;

    /// <summary>It can be found: not hidden, and with a file.</summary>
    internal bool IsVisible(long row) => (ulong)row < (ulong)Length && (_states[row] & (Known | Hidden | Missing)) == Known;

    internal bool IsMissing(int row) => (_states[row] & Missing) != 0;

    /// <summary>0..5 stars.</summary>
    internal int Rating(int row) => _states[row] >> 4;

    /// <param name="row">A picture.</param>
    /// <param name="format">In lower case.</param>
    internal bool IsOfFormat(int row, string format) => _formats[row] == Formats.IndexOf(format, StringComparison.Ordinal) + 1;

    internal bool IsFavourite(int row) => (_states[row] & Starred) != 0;

    /// <summary>A model's tags are shown.</summary>
    internal bool HasShownModel(int row) => _shownModels[row] != 0;

    /// <summary>A statement about a picture counts: it is somebody's, an import's, or that of the model whose tags are shown.</summary>
    internal bool Counts(long row, long rank, long model) => rank > 1 || ((ulong)row < (ulong)Length && _shownModels[row] == model);

    /// <summary>The same with room for more rows.</summary>
    internal PictureColumns Grown(int rows)
    {
        var grown = new PictureColumns(rows) { Visible = Visible };
        Array.Copy(_states, grown._states, Length);
        Array.Copy(_shownModels, grown._shownModels, Length);
        Array.Copy(_formats, grown._formats, Length);
        Array.Copy(TakenAt, grown.TakenAt, Length);
        Array.Copy(AddedAt, grown.AddedAt, Length);
        Array.Copy(SortAt, grown.SortAt, Length);
        Array.Copy(Bytes, grown.Bytes, Length);
        Array.Copy(Widths, grown.Widths, Length);
        Array.Copy(Heights, grown.Heights, Length);
        return grown;
    }

    /// <summary>Takes in a row of <see cref="Names"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Set(StatementRow values)
    {
        int row = (int)values.Long(0);
        long packed = values.Long(1), size = values.Long(7);
        _formats[row] = (byte)(packed >> 8);
        _shownModels[row] = (int)values.Long(2);
        (TakenAt[row], AddedAt[row], SortAt[row], Bytes[row]) = (values.Long(3), values.Long(4), values.Long(5), values.Long(6));
        (Widths[row], Heights[row]) = ((int)(size >> 32), (int)size);
        SetState(row, (byte)packed);
    }

    /// <summary>The picture is no longer in the catalogue.</summary>
    internal void Remove(long row)
    {
        if (row < Length)
            SetState((int)row, 0);
    }

    private void SetState(int row, byte state)
    {
        bool before = IsVisible(row);
        _states[row] = state;
        Visible += (IsVisible(row) ? 1 : 0) - (before ? 1 : 0);
    }
}
