namespace Pictor.Server.Images;

/// <summary>What became of one uploaded file.</summary>
/// <param name="Name">The name that was sent.</param>
/// <param name="Status">added, known or rejected.</param>
/// <param name="Id">The picture's id, unless rejected.</param>
/// <param name="Problem">Why it was rejected.</param>
internal sealed record UploadOutcome(string Name, string Status, string? Id, string? Problem);

/// <summary>The outcomes in the order sent.</summary>
internal sealed record UploadAnswer(IReadOnlyList<UploadOutcome> Items);
