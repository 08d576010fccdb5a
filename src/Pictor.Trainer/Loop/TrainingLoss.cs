using Pictor.Datasets;
using Pictor.Training.Recipes;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Pictor.Trainer.Loop;

/// <summary>
/// What is minimised, as sums over pictures. Plain cross-entropy takes class numbers; everything else takes dense targets [n, outputs], which is how
/// mixed pictures, several classes and numbers are said.
/// </summary>
internal sealed class TrainingLoss
{
    // A rare class may weigh at most so many times a common one: a handful of pictures must not carry the gradient.
    private const double HeaviestClass = 20;

    private readonly LossSettings _settings;
    private readonly DistillSettings _distill;
    private readonly DatasetTask _task;
    private readonly float[]? _weights;

    /// <param name="recipe">Loss and teacher.</param>
    /// <param name="task">Of the data.</param>
    /// <param name="frequencies">Pictures of each class in the training part.</param>
    /// <param name="pictures">All of them.</param>
    public TrainingLoss(Recipe recipe, DatasetTask task, IReadOnlyList<int> frequencies, int pictures)
    {
        (_settings, _distill, _task) = (recipe.Loss, recipe.Distill, task);
        string kind = KindFor(recipe.Loss.Kind, task);
        IsFocal = kind == "focal";
        if (recipe.Loss.ClassWeights == "balanced" && task != DatasetTask.Numeric)
            _weights = task == DatasetTask.MultiLabel ? PositiveWeights(frequencies, pictures) : InverseFrequencies(frequencies, pictures);
    }

    /// <summary>Whether a teacher is asked.</summary>
    public bool HasTeacher => _distill.Package is not null;

    /// <summary>Whether class numbers are not enough, even where no pictures are mixed.</summary>
    public bool NeedsDense => _task != DatasetTask.SingleLabel || IsFocal || HasTeacher;

    private bool IsFocal { get; }

    /// <summary>The kind that a task takes.</summary>
    /// <exception cref="InputException">The kind that was asked for is of another task.</exception>
    public static string KindFor(string asked, DatasetTask task)
    {
        (string usual, string[] possible, string what) = task switch
        {
            DatasetTask.MultiLabel => ("bce", (string[])["bce", "focal"], "several classes a picture"),
            DatasetTask.Numeric => ("huber", ["huber"], "a number a picture"),
            _ => ("cross-entropy", ["cross-entropy", "focal", "bce"], "one class a picture"),
        };
        return asked == "auto" ? usual
            : possible.Contains(asked, StringComparer.Ordinal) ? asked
            : throw new InputException("loss.kind", $"'{asked}' does not fit data with {what}", $"Leave it out, or take {string.Join(" or ", possible)}.");
    }

    /// <summary>Cross-entropy against class numbers.</summary>
    /// <param name="logits">[n, classes].</param>
    /// <param name="classes">[n].</param>
    public Tensor OfClasses(Tensor logits, Tensor classes)
    {
        using Tensor? weight = _weights is null ? null : tensor(_weights);
        return F.cross_entropy(logits, classes, weight, reduction: nn.Reduction.Sum, label_smoothing: _settings.LabelSmoothing);
    }

    /// <summary>Any loss against dense targets.</summary>
    /// <param name="outputs">[n, outputs].</param>
    /// <param name="targets">[n, outputs]: shares of classes, 0 or 1 for each class, or a normalised number.</param>
    /// <param name="teacher">[n, classes]: probabilities of the teacher, or null.</param>
    public Tensor OfTargets(Tensor outputs, Tensor targets, Tensor? teacher)
    {
        if (_task == DatasetTask.Numeric)
            return F.huber_loss(outputs, targets, _settings.HuberDelta, nn.Reduction.Sum);
        Tensor own = IsBinary ? Binary(outputs, targets) : Categorical(outputs, targets);
        return teacher is null ? own : own.mul(1 - _distill.Weight).add(Taught(outputs, teacher).mul(_distill.Weight));
    }

    /// <summary>The loss that is reported of a validation: without smoothing, weights and teacher.</summary>
    public Tensor Plain(Tensor outputs, Tensor classes, Tensor targets) => _task switch
    {
        DatasetTask.SingleLabel => F.cross_entropy(outputs, classes, reduction: nn.Reduction.Sum),
        DatasetTask.MultiLabel => F.binary_cross_entropy_with_logits(outputs, targets, reduction: nn.Reduction.Sum),
        _ => F.huber_loss(outputs, targets, _settings.HuberDelta, nn.Reduction.Sum),
    };

    private bool IsBinary => KindFor(_settings.Kind, _task) == "bce" || (IsFocal && _task == DatasetTask.MultiLabel);

    private Tensor Categorical(Tensor logits, Tensor targets)
    {
        Tensor logs = F.log_softmax(logits, 1);
        Tensor terms = logs.mul(Smoothed(targets, targets.shape[1]));
        if (IsFocal)
            terms = terms.mul((1 - logs.exp()).pow(_settings.FocalGamma));
        return Weighted(terms).sum().neg();
    }

    // Each class is a question of its own; the smoothing goes halfway between yes and no.
    private Tensor Binary(Tensor logits, Tensor targets)
    {
        targets = Smoothed(targets, 2);
        Tensor yes = F.logsigmoid(logits), no = F.logsigmoid(logits.neg());
        if (IsFocal)
            (yes, no) = (yes.mul(no.exp().pow(_settings.FocalGamma)), no.mul(yes.exp().pow(_settings.FocalGamma)));
        return Weighted(targets.mul(yes)).add((1 - targets).mul(no)).sum().neg();
    }

    // T^2 keeps the teacher's gradient as large as the labels' (Hinton et al. 2015, section 2.1).
    private Tensor Taught(Tensor logits, Tensor teacher)
    {
        double t = _distill.Temperature;
        if (IsBinary)
            return F.binary_cross_entropy_with_logits(logits, teacher, reduction: nn.Reduction.Sum);
        Tensor soft = teacher.clamp_min(1e-8).pow(1 / t);
        soft = soft.div(soft.sum(1, keepdim: true));
        return soft.mul(F.log_softmax(logits.div(t), 1)).sum().mul(-t * t);
    }

    private Tensor Smoothed(Tensor targets, long over) =>
        _settings.LabelSmoothing == 0 ? targets : targets.mul(1 - _settings.LabelSmoothing).add(_settings.LabelSmoothing / over);

    private Tensor Weighted(Tensor terms) => _weights is null ? terms : terms.mul(tensor(_weights));

    // Mean 1 over the pictures, so that the size of a step stays what it was.
    private static float[] InverseFrequencies(IReadOnlyList<int> frequencies, int pictures)
    {
        int classes = frequencies.Count(f => f > 0);
        double[] weights = [.. frequencies.Select(f => f == 0 ? 0 : (double)pictures / (classes * (double)f))];
        double lightest = weights.Where(w => w > 0).DefaultIfEmpty(1).Min();
        return [.. weights.Select(w => (float)Math.Min(w, lightest * HeaviestClass))];
    }

    private static float[] PositiveWeights(IReadOnlyList<int> frequencies, int pictures) =>
        [.. frequencies.Select(f => f == 0 ? 1f : (float)Math.Clamp((double)(pictures - f) / f, 1, HeaviestClass))];
}
