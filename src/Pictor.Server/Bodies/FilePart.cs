namespace Pictor.Server.Bodies;

/// <summary>A file or a form value of a request. Disposing gives its memory back.</summary>
/// <param name="Field">The form field; empty for a raw body.</param>
/// <param name="Name">The file's name without folders; null for a form value.</param>
/// <param name="Bytes">The content; null when it was longer than <paramref name="Limit"/>.</param>
/// <param name="Limit">Largest file in bytes.</param>
internal sealed record FilePart(string Field, string? Name, PooledBytes? Bytes, long Limit) : IDisposable
{
    public string NameOrDefault => string.IsNullOrWhiteSpace(Name) ? "picture" : Name;

    public ReadOnlyMemory<byte> Content => Bytes?.Memory ?? default;

    public void Dispose() => Bytes?.Dispose();
}
