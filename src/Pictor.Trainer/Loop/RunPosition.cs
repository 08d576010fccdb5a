namespace Pictor.Trainer.Loop;

/// <summary>Where a run stands; with the arrays of a checkpoint, all that it needs to go on as if nothing had happened.</summary>
internal sealed record RunPosition
{
    /// <summary>The epoch that is going on, counted from 1; one more than the last when all are done.</summary>
    public int Epoch { get; init; } = 1;

    /// <summary>Steps of it that are done.</summary>
    public int StepInEpoch { get; init; }

    /// <summary>Steps of the whole run that are done.</summary>
    public long Step { get; init; }

    /// <summary>The length of the run and its place in the schedule.</summary>
    public RunPlan Plan { get; init; } = new(0);

    /// <summary>Whether pictures are mixed in this epoch; decided when it begins, for the length of a run may change under it.</summary>
    public bool Mixes { get; init; }

    /// <summary>Sum of this epoch's losses, for each replica.</summary>
    public IReadOnlyList<double> LossSums { get; init; } = [];

    /// <summary>Pictures seen in this epoch.</summary>
    public long Pictures { get; init; }

    /// <summary>Seconds spent in this epoch.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds spent in all epochs before.</summary>
    public double SecondsBefore { get; init; }

    /// <summary>The epoch with the lowest validation loss; 0 before the first.</summary>
    public int BestEpoch { get; init; }

    /// <summary>Its validation loss; not a number before the first.</summary>
    public double BestLoss { get; init; } = double.NaN;

    /// <summary>Early stopping has ended the run.</summary>
    public bool Stopped { get; init; }
}
