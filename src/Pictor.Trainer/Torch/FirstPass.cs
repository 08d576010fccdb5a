using Pictor.Imaging;

namespace Pictor.Trainer.Torch;

/// <summary>What a network is run for; each has primitives of its own.</summary>
internal enum PassKind
{
    Train,
    Judge,
    Predict,
}

/// <summary>
/// Lets one thread at a time run a pass of a size that it has not run before. oneDNN (3.7, in this torch) weighs the kinds of convolution in static variables
/// while it creates one (<c>brg_blocking_t</c>): two threads that create at the same time may get another, slower or broken one, with other rounding, or crash.
/// Once created they are kept and found again, and then any number of threads may run.
/// </summary>
/// <remarks>One for each replica; not for use by several threads.</remarks>
internal sealed class FirstPass
{
    // oneDNN's variables belong to the process, so this does too.
    private static readonly Lock s_creating = new();

    private readonly HashSet<(PassKind Kind, int Pictures, PictureShape Shape)> _seen = [];

    /// <summary>Call before the pass; dispose the result after it.</summary>
    /// <param name="kind">What the pass is for.</param>
    /// <param name="pictures">How many pictures.</param>
    /// <param name="shape">Of each.</param>
    public Turn Enter(PassKind kind, int pictures, PictureShape shape)
    {
        if (!_seen.Add((kind, pictures, shape)))
            return default;
        s_creating.Enter();
        return new Turn(held: true);
    }

    /// <summary>The right to run a first pass, or nothing.</summary>
    internal readonly ref struct Turn(bool held)
    {
        private readonly bool _held = held;

        public void Dispose()
        {
            if (_held)
                s_creating.Exit();
        }
    }
}
