namespace Pictor.Training.Recipes;

/// <summary>constant or one-cycle.</summary>
public sealed record ScheduleSettings
{
    /// <summary><c>constant</c> or <c>one-cycle</c> (Smith 2018; cosine up for a quarter of the steps, cosine down to zero). <value>one-cycle.</value></summary>
    public string Kind { get; init; } = "one-cycle";
}
