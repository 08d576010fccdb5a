using System.Runtime.ExceptionServices;

namespace Pictor.Datasets;

/// <summary>Work on all cores whose failure looks like that of a plain loop: the exception itself, not a bundle of them.</summary>
internal static class SideBySide
{
    /// <summary>Calls <paramref name="body"/> with 0 .. <paramref name="count"/> - 1.</summary>
    public static void For(int count, Action<int> body, CancellationToken cancellationToken) =>
        For<object?>(count, () => null, (i, none) =>
        {
            body(i);
            return none;
        }, _ => { }, cancellationToken);

    /// <summary>The same with a state per worker, which is handed over at the end.</summary>
    public static void For<T>(int count, Func<T> start, Func<int, T, T> body, Action<T> end, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        try
        {
            Parallel.For(0, count, options, start, (i, _, state) => body(i, state), end);
        }
        catch (AggregateException e)
        {
            AggregateException all = e.Flatten();
            ExceptionDispatchInfo.Throw(all.InnerExceptions.OfType<InputException>().FirstOrDefault() ?? all.InnerExceptions[0]);
        }
    }
}
