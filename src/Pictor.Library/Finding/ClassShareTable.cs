using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Pictures;

namespace Pictor.Library.Finding;

/// <summary>
/// The class probabilities that one model gave each picture, end to end in memory: some 5 MB for a hundred thousand pictures. It follows the catalogue by the notes of changed pictures, as
/// <see cref="PictureTable"/> does, so it holds for readers in other processes too.
/// </summary>
internal sealed class ClassShareTable
{
    private readonly Lock _lock = new();
    private readonly long _model;
    private long _seen = ChangedPictures.Never;

    private Held _held = new([], []);
    private int _used, _wasted;

    /// <param name="Places">By row of the picture: where its pairs begin (upper half) and how many bytes they are (lower half), so that both change at once; None where the model has not read it.</param>
    /// <param name="Pairs">The pairs of all; what is added comes after what is there.</param>
    private sealed record Held(long[] Places, byte[] Pairs);

    private const long None = -1;

    internal ClassShareTable(DeployedModel model) => _model = model.Id;

    internal bool IsOf(DeployedModel model) => _model == model.Id;

    /// <summary>Every picture with tags of a model is here: the sums say all that those tags do.</summary>
    internal bool IsComplete(PictureColumns columns)
    {
        long[] places = _held.Places;
        for (int row = 1; row < columns.Length; row++)
        {
            if ((row >= places.Length || places[row] == None) && columns.IsVisible(row) && columns.HasShownModel(row))
                return false;
        }

        return true;
    }

    /// <summary>Brings it up to date.</summary>
    internal void Refresh(PreparedStatements statements)
    {
        lock (_lock)
        {
            ChangedPictures changed = ChangedPictures.Since(statements, _seen);
            if (changed.Pictures is null || _wasted > _used / 2)
                ReadAll(statements);
            else if (changed.Pictures.Count > 0)
                ReadSome(statements, changed.Pictures);
            _seen = changed.Latest;
        }
    }

    /// <summary>For each picture that can be found the sum over some classes (the greatest of them where classes do not exclude each other), where it reaches <paramref name="cut"/>.</summary>
    /// <param name="columns">Which pictures can be found.</param>
    /// <param name="classes">[classes]; true for those to add.</param>
    /// <param name="rejected">Classes that do not count for a picture; null: all do.</param>
    /// <param name="multiLabel">Each class is a question of its own: adding them up would make much of many small doubts.</param>
    /// <param name="cut">Pictures below are left out.</param>
    /// <param name="found">Where they are written; as long as there are visible pictures.</param>
    /// <returns>How many there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Sums(PictureColumns columns, bool[] classes, Func<long, IReadOnlySet<int>?> rejected, bool multiLabel, double cut, Span<(long Picture, double Sum)> found)
    {
        int count = 0;
        (long[] places, byte[] pairs) = _held;
        for (int row = 1; row < places.Length; row++)
        {
            long place = places[row];
            if (place == None || !columns.IsVisible(row))
                continue;
            int start = (int)(place >> 32), length = (int)place;
            if (start + length > pairs.Length && (pairs = _held.Pairs).Length < start + length) // it was read again since, and the array has grown
                continue;
            ReadOnlySpan<byte> packed = pairs.AsSpan(start, length);
            double sum = Sum(packed, classes, multiLabel);
            if (sum >= cut && rejected(row) is { } without)
                sum = Sum(packed, [.. classes.Select((c, k) => c && !without.Contains(k))], multiLabel);
            if (sum >= cut && count < found.Length) // pictures may have come since the room was made
                found[count++] = (row, Math.Min(1, sum));
        }

        return count;
    }

    private void ReadAll(PreparedStatements statements)
    {
        long[] places = [];
        byte[] pairs = new byte[1 << 16];
        int used = 0;
        statements.Each("SELECT picture, classes FROM probabilities WHERE model = @model", row => Put(ref places, ref pairs, ref used, row.Long(0), row.Bytes(1)), ("@model", _model));
        (_held, _used, _wasted) = (new Held(places, pairs), used, 0);
    }

    private void ReadSome(PreparedStatements statements, IReadOnlyList<long> rows)
    {
        (long[] places, byte[] pairs) = _held;
        var gone = rows.ToHashSet();
        statements.Each(
            "SELECT picture, classes FROM probabilities WHERE model = @model AND picture IN (SELECT value FROM json_each(@rows))",
            row =>
            {
                long picture = row.Long(0);
                gone.Remove(picture);
                if (picture < places.Length && places[picture] != None)
                    _wasted += (int)places[picture];
                Put(ref places, ref pairs, ref _used, picture, row.Bytes(1));
            },
            ("@model", _model), ("@rows", JsonSerializer.Serialize(rows)));
        foreach (long row in gone.Where(row => row < places.Length))
            places[row] = None;
        _held = new Held(places, pairs);
    }

    private static void Put(ref long[] places, ref byte[] pairs, ref int used, long row, ReadOnlySpan<byte> packed)
    {
        if (row >= places.Length)
        {
            int before = places.Length;
            long[] grown = new long[checked((int)Math.Max(row + 1, before * 2L))];
            places.CopyTo(grown, 0);
            Array.Fill(grown, None, before, grown.Length - before);
            places = grown;
        }

        if (used + packed.Length > pairs.Length)
            Array.Resize(ref pairs, checked(Math.Max(used + packed.Length, pairs.Length * 2)));
        packed.CopyTo(pairs.AsSpan(used));
        Volatile.Write(ref places[row], ((long)used << 32) | (uint)packed.Length);
        used += packed.Length;
    }

    // Optimised at once: the first question after a start should not wait for the compiler to find out that this is where the time goes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(ReadOnlySpan<byte> packed, bool[] classes, bool multiLabel)
    {
        ReadOnlySpan<ushort> values = MemoryMarshal.Cast<byte, ushort>(packed);
        int sum = 0;
        for (int k = 0; k + 1 < values.Length; k += 2)
        {
            int index = BitConverter.IsLittleEndian ? values[k] : BinaryPrimitives.ReverseEndianness(values[k]);
            if (index >= classes.Length || !classes[index])
                continue;
            int share = BitConverter.IsLittleEndian ? values[k + 1] : BinaryPrimitives.ReverseEndianness(values[k + 1]);
            sum = multiLabel ? Math.Max(sum, share) : sum + share;
        }

        return sum / (double)ushort.MaxValue;
    }
}

/// <summary>The table of the model in use, made when it is first asked for.</summary>
internal sealed class ClassShareTables
{
    private readonly Lock _lock = new();
    private ClassShareTable? _latest;

    internal ClassShareTable Of(PreparedStatements statements, DeployedModel model)
    {
        ClassShareTable table;
        lock (_lock)
        {
            if (_latest?.IsOf(model) != true)
                _latest = new ClassShareTable(model);
            table = _latest;
        }

        table.Refresh(statements);
        return table;
    }
}
