using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Deployment;

namespace Pictor.Library.Finding;

/// <summary>
/// The class probabilities of all pictures that can be found, of one model, end to end in memory: some 5 MB for a hundred thousand pictures. Made again when the catalogue's token
/// says that readings, or what is hidden or missing, have changed: the same that tells saved vectors from stale ones, so it holds for readers in other processes too.
/// </summary>
internal sealed class ClassShareTable
{
    private readonly long[] _pictures;
    private readonly int[] _starts;
    private readonly byte[] _pairs;

    private ClassShareTable(long model, long token, long[] pictures, int[] starts, byte[] pairs) => (Model, Token, _pictures, _starts, _pairs) = (model, token, pictures, starts, pairs);

    /// <summary>Every picture with tags of a model is here: the sums say all that those tags do.</summary>
    internal bool IsComplete { get; private init; }

    internal long Model { get; }

    internal long Token { get; }

    internal static ClassShareTable Load(SqliteConnection connection, DeployedModel model, long token)
    {
        var pictures = new List<long>();
        var starts = new List<int> { 0 };
        var pairs = new List<byte>();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT s.picture, s.classes FROM probabilities s JOIN pictures p ON p.row = s.picture WHERE s.model = @model AND p.hidden = 0 AND p.missing = 0";
        command.Parameters.AddWithValue("@model", model.Id);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            pictures.Add(reader.GetInt64(0));
            pairs.AddRange(reader.GetFieldValue<byte[]>(1)); // GetBytes opens a stream for each row and takes ten times as long
            starts.Add(pairs.Count);
        }

        bool complete = !connection.ExecuteScalar<bool>(
            """
            SELECT EXISTS (SELECT 1 FROM pictures p WHERE p.hidden = 0 AND p.missing = 0 AND p.shown_model IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM probabilities s WHERE s.model = @Id AND s.picture = p.row))
            """,
            new { model.Id });
        return new ClassShareTable(model.Id, token, [.. pictures], [.. starts], [.. pairs]) { IsComplete = complete };
    }

    /// <summary>For each picture the sum over some classes (the greatest of them where classes do not exclude each other), where it reaches <paramref name="cut"/>.</summary>
    /// <param name="classes">[classes]; true for those to add.</param>
    /// <param name="rejected">Classes that do not count for a picture; null: all do.</param>
    /// <param name="multiLabel">Each class is a question of its own: adding them up would make much of many small doubts.</param>
    /// <param name="cut">Pictures below are left out.</param>
    internal List<(long Picture, double Sum)> Sums(bool[] classes, Func<long, IReadOnlySet<int>?> rejected, bool multiLabel, double cut)
    {
        var found = new List<(long, double)>();
        for (int i = 0; i < _pictures.Length; i++)
        {
            ReadOnlySpan<byte> packed = _pairs.AsSpan(_starts[i], _starts[i + 1] - _starts[i]);
            double sum = Sum(packed, classes, multiLabel);
            if (sum >= cut && rejected(_pictures[i]) is { } without)
                sum = Sum(packed, [.. classes.Select((c, k) => c && !without.Contains(k))], multiLabel);
            if (sum >= cut)
                found.Add((_pictures[i], Math.Min(1, sum)));
        }

        return found;
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

/// <summary>The table of the model in use, read when it is first asked for and after each change.</summary>
internal sealed class ClassShareTables
{
    private readonly Lock _lock = new();
    private ClassShareTable? _latest;

    internal ClassShareTable Of(SqliteConnection connection, DeployedModel model)
    {
        // The token is read first: what is committed in between makes the table newer than its token, which costs one more reading and no wrong answer.
        long token = connection.ExecuteScalar<long>("SELECT value FROM meta WHERE key = 'vectors'");
        lock (_lock)
        {
            if (_latest is null || _latest.Model != model.Id || _latest.Token != token)
                _latest = ClassShareTable.Load(connection, model, token);
            return _latest;
        }
    }
}
