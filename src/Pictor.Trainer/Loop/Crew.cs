using System.Runtime.ExceptionServices;
using TorchSharp;

namespace Pictor.Trainer.Loop;

/// <summary>Runs the same work on several threads, each with one torch thread of its own, and waits for all.</summary>
internal static class Crew
{
    /// <summary>The first failure that is not merely the echo of another is thrown.</summary>
    /// <param name="count">Threads, the caller's among them.</param>
    /// <param name="work">Gets its number, 0 on the caller's thread, and the gate at which all meet.</param>
    public static void Run(int count, Action<int, SpinGate> work)
    {
        var gate = new SpinGate(count);
        var failures = new Exception?[count];
        Thread[] others = [.. Enumerable.Range(1, count - 1).Select(number => new Thread(() => Guarded(number)) { Name = $"replica {number}" })];
        foreach (Thread thread in others)
            thread.Start();
        Guarded(0);
        foreach (Thread thread in others)
            thread.Join();

        Exception? failure = Array.Find(failures, e => e is not null and not GateBrokenException);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);

        void Guarded(int number)
        {
            try
            {
                // The setting belongs to the thread.
                torch.set_num_threads(1);
                work(number, gate);
            }
            catch (Exception e)
            {
                failures[number] = e;
                gate.Break();
            }
        }
    }
}
