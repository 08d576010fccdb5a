namespace Pictor.Server.Pages;

/// <summary>Several pictures under one name, as a card that opens them.</summary>
/// <param name="Address">Where it leads.</param>
/// <param name="Name">What stands below it.</param>
/// <param name="Line">The small print: how many, when.</param>
/// <param name="Ids">The pictures to show, four at most.</param>
public sealed record CardView(string Address, string Name, string Line, IReadOnlyList<string> Ids)
{
    /// <summary>How many pictures a card shows.</summary>
    internal const int Shown = 4;

    /// <summary>A saved search, not a heap of pictures.</summary>
    internal bool IsQuery { get; init; }

    /// <summary>Why it cannot be opened.</summary>
    internal string? Problem { get; init; }
}
