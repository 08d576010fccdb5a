namespace Pictor.Server.Pages;

/// <summary>The sign-in form: where it leads, and what was wrong with the last try.</summary>
public sealed record SignInModel(string To, string? Message = null);
