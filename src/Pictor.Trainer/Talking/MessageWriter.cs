using Pictor.Training.Runs;

namespace Pictor.Trainer.Talking;

/// <summary>Messages as JSON lines. Safe from several threads; a reader that has gone away is no reason to lose a run.</summary>
internal sealed class MessageWriter(TextWriter output)
{
    private readonly Lock _gate = new();

    public void Say(string text) => Write(new TrainerMessage.Said(text));

    public void Write(TrainerMessage message)
    {
        lock (_gate)
        {
            try
            {
                output.WriteLine(message.ToLine());
                output.Flush();
            }
            catch (IOException)
            {
                // The pipe is broken: the parent has died. Its end on standard input stops the run in order.
            }
        }
    }
}
