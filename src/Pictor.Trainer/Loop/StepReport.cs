using System.Globalization;
using Pictor.Trainer.Talking;

namespace Pictor.Trainer.Loop;

/// <summary>Turns steps into progress: pictures done, and beside them the loss of the last few dozen steps and the rate.</summary>
internal sealed class StepReport(ProgressRelay progress, int picturesPerEpoch, int stepsPerEpoch, TimeProvider time)
{
    private RunPosition? _last;
    private long _lastTime;
    private double _loss = double.NaN;

    public void Tell(RunPosition position)
    {
        if (!progress.IsDue)
            return;
        double sum = position.LossSums.Sum();
        bool same = _last is not null && _last.Epoch == position.Epoch;
        double pictures = position.Pictures - (same ? _last!.Pictures : 0);
        double loss = (sum - (same ? _last!.LossSums.Sum() : 0)) / pictures;
        // The mean since the last report, which is a quarter of a second; halfway to the one before, so that it can be read.
        _loss = double.IsNaN(_loss) ? loss : (_loss + loss) / 2;
        string rate = same ? string.Create(CultureInfo.InvariantCulture, $", {pictures / time.GetElapsedTime(_lastTime).TotalSeconds:N0} pictures/s") : "";
        progress.Report(new Progress(
            "Training", ((position.Epoch - 1L) * picturesPerEpoch) + position.Pictures, position.Plan.Steps * picturesPerEpoch / stepsPerEpoch,
            string.Create(CultureInfo.InvariantCulture, $"epoch {position.Epoch}/{(position.Plan.Steps + stepsPerEpoch - 1) / stepsPerEpoch}, loss {_loss:0.0000}{rate}")));
        (_last, _lastTime) = (position with { LossSums = [sum] }, time.GetTimestamp());
    }
}
