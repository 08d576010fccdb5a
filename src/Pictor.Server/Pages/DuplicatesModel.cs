using Pictor.Library;

namespace Pictor.Server.Pages;

/// <summary>Groups of duplicates, of one tier or of all; not current when pictures came or went since they were looked for, not sought when nobody ever looked.</summary>
public sealed record DuplicatesModel(Page<DuplicateGroup> Groups, DuplicateTier? Tier, bool Current, bool Sought);
