namespace Pictor.Trainer.Loop;

/// <summary>
/// Holds a run to its time: how many steps still fit is asked anew every few seconds, so that a machine that becomes busy, or quiet, changes the
/// length of the run and not its end.
/// </summary>
internal sealed class TimeBudget
{
    // Kept for the last validation, the calibration and the package.
    private const double Reserve = 0.03;
    private const double ReserveSeconds = 2;

    // Smaller changes are noise.
    private const double Tolerance = 0.02;

    private readonly double _seconds;
    private readonly double _spent;
    private readonly Func<int, double> _costOf;
    private readonly int _stepsPerEpoch;
    private readonly double _validation;
    private (long Step, double Seconds) _last;
    private double _secondsPerStep;

    /// <param name="seconds">From the program's start to its end.</param>
    /// <param name="spent">Seconds before the first step: opening, decoding, measuring.</param>
    /// <param name="stepsPerEpoch">Of a full epoch.</param>
    /// <param name="validation">Seconds of one validation, in steps.</param>
    /// <param name="costOf">What a step of an epoch costs, relative to one at full size.</param>
    public TimeBudget(double seconds, double spent, int stepsPerEpoch, double validation, Func<int, double> costOf) =>
        (_seconds, _spent, _stepsPerEpoch, _validation, _costOf) = (seconds - Math.Max(ReserveSeconds, Reserve * seconds), spent, stepsPerEpoch, validation, costOf);

    /// <summary>Steps that fit when each takes so long at full size; at least one.</summary>
    public long StepsFor(double secondsPerStep) => Math.Max(1, Fitting(1, 0, 0, _seconds - _spent, secondsPerStep));

    /// <summary>The plan, changed when the speed has shown it to be wrong.</summary>
    public RunPlan Revise(RunPosition position)
    {
        double now = position.SecondsBefore + position.Seconds;
        if (position.Step < _last.Step || _last == default)
            _last = (position.Step, now);
        double since = now - _last.Seconds;
        if (since < Math.Max(3, _seconds / 40) || position.Step == _last.Step)
            return position.Plan;

        double measured = since / (position.Step - _last.Step) / _costOf(position.Epoch);
        // Half of what was known: one slow window is not yet a slow machine.
        _secondsPerStep = _secondsPerStep == 0 ? measured : (_secondsPerStep + measured) / 2;
        _last = (position.Step, now);
        long steps = position.Step + Fitting(position.Epoch, position.StepInEpoch, position.Step, _seconds - _spent - now, _secondsPerStep);
        return Math.Abs(steps - position.Plan.Steps) <= Tolerance * (position.Plan.Steps - position.Step) + 1 ? position.Plan : position.Plan.Changed(position.Step, steps);
    }

    private long Fitting(int epoch, int inEpoch, long done, double seconds, double secondsPerStep)
    {
        long steps = 0;
        while (seconds > 0 && steps + done < 1_000_000_000)
        {
            double cost = secondsPerStep * _costOf(epoch);
            double whole = ((_stepsPerEpoch - inEpoch) + _validation) * cost;
            if (whole > seconds)
                return steps + (long)Math.Max(0, Math.Min(_stepsPerEpoch - inEpoch, (seconds / cost) - _validation));
            (steps, seconds, inEpoch, epoch) = (steps + _stepsPerEpoch - inEpoch, seconds - whole, 0, epoch + 1);
        }

        return steps;
    }
}
