using Pictor.Cli.Terminal;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary>Changes to a library, made here or by the server that owns it: the same calls, the same answers.</summary>
internal interface ILibraryWriter : IAsyncDisposable
{
    Task<ModelItem> DeployAsync(string package, CancellationToken cancellationToken);

    Task<IReadOnlyList<ModelItem>> ModelsAsync(CancellationToken cancellationToken);

    Task<ModelItem> AddModelAsync(string package, CancellationToken cancellationToken);

    Task<ModelItem> UseModelAsync(string reference, CancellationToken cancellationToken);

    Task<ModelItem> RollbackModelAsync(CancellationToken cancellationToken);

    Task RemoveModelAsync(string reference, CancellationToken cancellationToken);

    Task<IndexOutcome> IndexAsync(IReadOnlyList<string> paths, IndexOptions options, IProgress<Progress> progress, CancellationToken cancellationToken);

    Task<VerifyOutcome> RepairAsync(bool deep, IProgress<Progress> progress, CancellationToken cancellationToken);

    Task<bool> ForgetFolderAsync(string path, CancellationToken cancellationToken);

    Task<SidecarOutcome> WriteSidecarsAsync(SidecarOptions options, IProgress<Progress> progress, CancellationToken cancellationToken);

    /// <summary>Looks for duplicates where the library has changed since, then gives a page of groups.</summary>
    Task<Page<DuplicateGroup>> DuplicatesAsync(DuplicateTier? tier, int limit, string? cursor, IProgress<Progress> progress, CancellationToken cancellationToken);

    /// <summary>One change, here or by the server: <paramref name="here"/> and the route do the same and answer the same.</summary>
    Task<T> DoAsync<T>(Func<PictureLibrary, Task<T>> here, HttpMethod method, string route, object? body, CancellationToken cancellationToken);

    /// <summary>Lets a model read all pictures without switching to it, or before.</summary>
    Task PrepareModelAsync(string reference, bool activate, IProgress<Progress> progress, CancellationToken cancellationToken);
}

/// <summary>Opens the library for writing, or finds the server that has it.</summary>
internal static class LibraryWriter
{
    public static async Task<ILibraryWriter> OpenAsync(string folder, CommandOutput output, CancellationToken cancellationToken)
    {
        try
        {
            return new LocalWriter(await PictureLibrary.OpenAsync(folder, cancellationToken: cancellationToken));
        }
        catch (LibraryInUseException owner) when (owner.Url is { } url)
        {
            output.Say($"The server at {url} owns this library and makes the change.");
            return new RemoteWriter(url, Settings.Of("key", null));
        }
    }
}

/// <summary>This process owns the library.</summary>
internal sealed class LocalWriter(PictureLibrary library) : ILibraryWriter
{
    public async Task<ModelItem> DeployAsync(string package, CancellationToken cancellationToken)
    {
        ModelItem added = await AddModelAsync(package, cancellationToken);
        return added.Active ? added : await UseModelAsync($"{added.Name}@{added.Version}", cancellationToken);
    }

    public Task<IReadOnlyList<ModelItem>> ModelsAsync(CancellationToken cancellationToken) => Task.FromResult(library.Models.List());

    public Task<ModelItem> AddModelAsync(string package, CancellationToken cancellationToken) => library.Models.AddAsync(package, cancellationToken);

    public Task<ModelItem> UseModelAsync(string reference, CancellationToken cancellationToken) => library.Models.UseAsync(reference, cancellationToken);

    public Task<ModelItem> RollbackModelAsync(CancellationToken cancellationToken) => library.Models.RollbackAsync(cancellationToken);

    public Task RemoveModelAsync(string reference, CancellationToken cancellationToken) => library.Models.RemoveAsync(reference, cancellationToken);

    public Task<IndexOutcome> IndexAsync(IReadOnlyList<string> paths, IndexOptions options, IProgress<Progress> progress, CancellationToken cancellationToken) =>
        library.IndexAsync(paths, options, progress, cancellationToken);

    public Task<VerifyOutcome> RepairAsync(bool deep, IProgress<Progress> progress, CancellationToken cancellationToken) =>
        library.VerifyAsync(new VerifyOptions { Deep = deep, Repair = true }, progress, cancellationToken);

    public Task<bool> ForgetFolderAsync(string path, CancellationToken cancellationToken) => library.ForgetFolderAsync(path, cancellationToken);

    public Task<SidecarOutcome> WriteSidecarsAsync(SidecarOptions options, IProgress<Progress> progress, CancellationToken cancellationToken) =>
        library.WriteSidecarsAsync(options, progress, cancellationToken);

    public async Task<Page<DuplicateGroup>> DuplicatesAsync(DuplicateTier? tier, int limit, string? cursor, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        if (!library.DuplicatesAreCurrent)
            await library.FindDuplicatesAsync(progress, cancellationToken);
        return library.Duplicates(tier, limit, cursor);
    }

    public Task<T> DoAsync<T>(Func<PictureLibrary, Task<T>> here, HttpMethod method, string route, object? body, CancellationToken cancellationToken) => here(library);

    public async Task PrepareModelAsync(string reference, bool activate, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        await library.PrepareModelAsync(reference, progress, cancellationToken);
        if (activate)
            await library.Models.UseAsync(reference, cancellationToken);
    }

    public ValueTask DisposeAsync() => library.DisposeAsync();
}
