using Pictor.Trainer.Loop;

namespace Pictor.Trainer.Tests.Loop;

public sealed class SpinGateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Wait_WhoeverComesLate_NobodyGoesAhead(int parties)
    {
        // Random delays on both sides of the time a waiter spins: some sleep, and are still waking up when the next round begins.
        const int rounds = 400;
        var done = new int[parties];
        int ahead = 0;
        Crew.Run(parties, (number, gate) =>
        {
            var random = new Random(number);
            for (int round = 1; round <= rounds; round++)
            {
                if (random.Next(4) == 0)
                    Thread.Sleep(random.Next(3));
                Volatile.Write(ref done[number], round);
                gate.Wait();
                foreach (int other in done)
                {
                    if (other < round)
                        Interlocked.Increment(ref ahead);
                }

                gate.Wait();
            }
        });
        Assert.Equal(0, ahead);
        Assert.All(done, count => Assert.Equal(rounds, count));
    }

    [Fact]
    public void Run_OneFails_AllEndAndItsOwnExceptionIsThrown()
    {
        var e = Assert.Throws<InvalidOperationException>(() => Crew.Run(3, (number, gate) =>
        {
            gate.Wait();
            if (number == 2)
                throw new InvalidOperationException("the reason");
            if (number == 1)
                Thread.Sleep(20);
            gate.Wait();
        }));
        Assert.Equal("the reason", e.Message);
    }
}
