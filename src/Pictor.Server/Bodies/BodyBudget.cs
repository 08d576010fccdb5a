namespace Pictor.Server.Bodies;

/// <summary>How many bytes of request bodies may lie in memory at once. Beyond it a request is turned away (429), so that many large uploads cannot exhaust the machine.</summary>
internal sealed class BodyBudget(long bytes)
{
    private long _free = bytes;

    public void Take(long count)
    {
        if (Interlocked.Add(ref _free, -count) < 0)
        {
            Interlocked.Add(ref _free, count);
            throw new InputException("request", "the server holds as many uploads as its memory allows", "Try again in a moment.") { Code = "server.busy" };
        }
    }

    public void GiveBack(long count) => Interlocked.Add(ref _free, count);
}
