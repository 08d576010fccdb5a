using Pictor.Models.Annotators;

namespace Pictor.Library;

/// <summary>The packages of a library: in its <c>models/</c> folder, with a history of which was active. Switching needs no restart; work in flight ends on the old one.</summary>
public sealed class LibraryModels
{
    internal LibraryModels() { }

    /// <summary>All deployed packages.</summary>
    public IReadOnlyList<ModelItem> List() => throw new NotImplementedException();

    /// <summary>Validates and copies a package; the first one becomes active.</summary>
    /// <exception cref="InputException">Broken, or another package of the same name and version is there.</exception>
    public Task<ModelItem> AddAsync(string path, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Makes a package the active one. <paramref name="reference"/> is NAME or NAME@VERSION (NAME: its latest).</summary>
    public Task<ModelItem> UseAsync(string reference, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Back to the package that was active before.</summary>
    public Task<ModelItem> RollbackAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Removes a package that is not active.</summary>
    public Task RemoveAsync(string reference, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Borrows the active annotator; it stays alive until the lease is disposed, even when another becomes active. Null when no model is deployed.</summary>
    public AnnotatorLease? Borrow() => throw new NotImplementedException();
}

/// <summary>A borrowed annotator.</summary>
public sealed class AnnotatorLease : IDisposable
{
    internal AnnotatorLease() { }

    /// <summary>The annotator.</summary>
    public Annotator Annotator => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() { }
}
