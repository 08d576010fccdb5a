using Pictor.Training.Recipes;

namespace Pictor.Trainer.Optimisers;

/// <summary>The learning rate of each step of a run.</summary>
internal sealed class LearningRate
{
    private const double Start = 1.0 / 25;
    private const double RisingPart = 0.25;

    private readonly double _peak;
    private readonly long _steps;
    private readonly bool _cycle;

    /// <param name="settings">constant or one-cycle.</param>
    /// <param name="peak">The highest rate.</param>
    /// <param name="steps">Steps of the whole run.</param>
    public LearningRate(ScheduleSettings settings, double peak, long steps)
    {
        (_peak, _steps) = (peak, steps);
        _cycle = settings.Kind switch
        {
            "one-cycle" => true,
            "constant" => false,
            var kind => throw new InvalidOperationException($"There is no schedule '{kind}'."),
        };
    }

    /// <summary>
    /// One cycle (Smith 2018): from a 25th of the peak along half a cosine up to the peak in the first quarter, then along half a cosine down
    /// to zero, which the step after the last would have.
    /// </summary>
    /// <param name="step">Counted from 0.</param>
    public double At(long step)
    {
        if (!_cycle)
            return _peak;
        double rising = RisingPart * _steps;
        return step < rising
            ? _peak * (Start + ((1 - Start) * (1 - Math.Cos(Math.PI * step / rising)) / 2))
            : _peak * (1 + Math.Cos(Math.PI * (step - rising) / (_steps - rising))) / 2;
    }
}
