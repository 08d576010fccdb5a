namespace Pictor.Library;

/// <summary>In which order results come.</summary>
public enum SearchSort
{
    /// <summary>The best first; newest where there is nothing to judge by but filters.</summary>
    Relevance,

    /// <summary>By the time taken, else added; latest first.</summary>
    Newest,

    /// <summary>The same, earliest first.</summary>
    Oldest,

    /// <summary>Most stars first.</summary>
    Rating,

    /// <summary>Largest file first.</summary>
    Size,

    /// <summary>By file name.</summary>
    Name,
}
