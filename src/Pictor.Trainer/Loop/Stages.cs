using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Trainer.Data;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Loop;

/// <summary>The pictures at the size of one part of a run.</summary>
/// <param name="Shape">Of each.</param>
/// <param name="LastEpoch">The last epoch at this size.</param>
/// <param name="Source">What is learned.</param>
/// <param name="Unmixed">The same without mixing, for the end of the run; <paramref name="Source"/> itself where nothing is mixed.</param>
/// <param name="Judged">What is validated; null without a validation part.</param>
internal sealed record Stage(PictureShape Shape, int LastEpoch, BatchSource Source, BatchSource Unmixed, BatchSource? Judged);

/// <summary>A run's sizes in order (progressive resizing): small pictures first, for they cost less. One size is at hand at a time.</summary>
internal sealed class Stages : IDisposable
{
    private readonly TrainingData _data;
    private readonly Recipe _recipe;
    private readonly int _batch;
    private readonly float[]? _soft;
    private readonly IReadOnlyList<(PictureShape Shape, int LastEpoch)> _plan;
    private readonly List<PackedStore> _owned = [];
    private Stage? _current;

    /// <param name="data">Decoded at full size.</param>
    /// <param name="recipe">Sizes, augmentation, sampling and seed.</param>
    /// <param name="batch">Pictures of a step.</param>
    /// <param name="soft">[training pictures, classes]: what a teacher says; null without one.</param>
    public Stages(TrainingData data, Recipe recipe, int batch, float[]? soft)
    {
        (_data, _recipe, _batch, _soft) = (data, recipe, batch, soft);
        PictureShape full = data.Preprocessing.Shape;
        var plan = new List<(PictureShape, int)>();
        int last = 0;
        foreach (ResizeStage stage in recipe.Progressive ?? [])
        {
            // The shorter side is given; the other follows.
            double factor = (double)stage.Size / Math.Min(full.Height, full.Width);
            if (factor < 1)
                plan.Add((full with { Height = Scaled(full.Height, factor), Width = Scaled(full.Width, factor) }, last += stage.Epochs));
        }

        plan.Add((full, int.MaxValue));
        _plan = plan;
    }

    /// <summary>All sizes, the full one last.</summary>
    public IEnumerable<PictureShape> Shapes => _plan.Select(stage => stage.Shape);

    /// <summary>The size of an epoch; cheap when it is that of the epoch before.</summary>
    public PictureShape ShapeOf(int epoch) => _plan.First(stage => epoch <= stage.LastEpoch).Shape;

    /// <summary>The pictures of an epoch.</summary>
    public Stage Of(int epoch, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        (PictureShape shape, int last) = _plan.First(stage => epoch <= stage.LastEpoch);
        if (_current?.Shape == shape)
            return _current;
        Release();
        bool full = shape == _data.Preprocessing.Shape;
        PackedStore train = full ? _data.Train : Own(_data.Train.Resized(shape.Height, shape.Width, progress, cancellationToken));
        PackedStore? val = full || _data.Val is null ? _data.Val : Own(_data.Val.Resized(shape.Height, shape.Width, progress, cancellationToken));
        Preprocessing preprocessing = _data.Preprocessing with { Shape = shape };
        BatchSource Learned(Augmentation augmentation) => new(train, preprocessing, _batch, _recipe.Seed, new BatchSourceOptions
        {
            Augmenter = augmentation.IsNone ? null : new Augmenter(augmentation, shape, _recipe.Seed),
            Sampling = _recipe.Sampling == "balanced" ? Sampling.Balanced : Sampling.Uniform,
            SoftTargets = _soft,
        });
        BatchSource source = Learned(_recipe.Augment);
        BatchSource unmixed = _recipe.Augment.IsMixing ? Learned(_recipe.Augment with { Mixup = 0, Cutmix = 0 }) : source;
        BatchSource? judged = val is null ? null : new BatchSource(val, preprocessing, null, _batch, _recipe.Seed);
        return _current = new Stage(shape, last, source, unmixed, judged);
    }

    public void Dispose() => Release();

    private PackedStore Own(PackedStore store)
    {
        _owned.Add(store);
        return store;
    }

    private void Release()
    {
        foreach (PackedStore store in _owned)
            store.Dispose();
        _owned.Clear();
        _current = null;
    }

    private static int Scaled(int side, double factor) => Math.Max(1, (int)Math.Round(side * factor));
}
