using Pictor.Library.Deployment;
using Pictor.Models.Annotators;

namespace Pictor.Library;

/// <summary>A borrowed annotator.</summary>
public sealed class AnnotatorLease : IDisposable
{
    private ActiveModel? _active;

    internal AnnotatorLease(ActiveModel active) => _active = active;

    /// <summary>The annotator; its session is readied on first use.</summary>
    /// <exception cref="InputException">The package is damaged.</exception>
    public Annotator Annotator => Active.Annotator;

    internal ActiveModel Active => _active ?? throw new ObjectDisposedException(nameof(AnnotatorLease));

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _active, null)?.Release();
}
