namespace Pictor.Server.Pages;

/// <summary>A problem as people see it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong.</param>
/// <param name="Remedy">The way out.</param>
public sealed record ProblemView(int Status, string Detail, string Remedy);
