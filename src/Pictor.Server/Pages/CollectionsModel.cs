namespace Pictor.Server.Pages;

/// <summary>All collections.</summary>
public sealed record CollectionsModel(IReadOnlyList<CardView> Cards);
