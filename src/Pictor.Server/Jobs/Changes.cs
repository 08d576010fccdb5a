namespace Pictor.Server.Jobs;

/// <summary>A picture changed: added, known, hidden, restored or annotated.</summary>
internal sealed record PictureChange(string Id, string Change);

/// <summary>The first event: from now on nothing is missed.</summary>
internal sealed record Listening(bool Ready);

/// <summary>A model was removed.</summary>
internal sealed record ModelRemoved(string Removed);
