namespace Pictor.Library.Ingest;

/// <summary>What one run is about.</summary>
/// <param name="Roots">Folders and files that are there.</param>
/// <param name="Gone">Files and folders that were seen to go.</param>
/// <param name="Named">A person named the roots: they are remembered, and a named file is told of even when it is no picture.</param>
internal sealed record IngestWork(IReadOnlyList<string> Roots, IReadOnlyList<string> Gone, bool Named);

/// <summary>What came of it, and which files were too fresh to be read.</summary>
internal sealed record IngestResult(IndexOutcome Outcome, IReadOnlyList<string> Unsettled);
