using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Finding;
using Pictor.Library.Ownership;
using Pictor.Models.Packages;

namespace Pictor.Library;

/// <summary>The packages of a library: in its <c>models/</c> folder, with a history of which was active. Switching needs no restart; work in flight ends on the old one.</summary>
public sealed class LibraryModels
{
    private readonly string _folder;
    private readonly CatalogueFile _catalogue;
    private readonly VectorStore _vectors;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private ActiveModel? _active;

    internal LibraryModels(string folder, CatalogueFile catalogue, VectorStore vectors, TimeProvider time)
    {
        _folder = folder;
        _catalogue = catalogue;
        _vectors = vectors;
        _time = time;
        if (catalogue.Read(DeployedModel.Active) is { } model)
            _active = new ActiveModel(model, folder, vectors);
    }

    /// <summary>NAME@VERSION of the active package, or null.</summary>
    public string? ActiveReference
    {
        get
        {
            lock (_lock)
                return _active?.Model.Reference;
        }
    }

    /// <summary>All deployed packages, oldest first.</summary>
    public IReadOnlyList<ModelItem> List() => _catalogue.Read<IReadOnlyList<ModelItem>>(connection =>
    {
        long? active = DeployedModel.Active(connection)?.Id;
        return [.. DeployedModel.All(connection).Select(m => m.ToItem(active))];
    });

    /// <summary>A deployed package by NAME or NAME@VERSION (NAME: its latest).</summary>
    /// <exception cref="InputException">None is called that (<c>model.unknown</c>).</exception>
    public ModelItem Get(string reference) => _catalogue.Read(connection => Find(connection, reference).ToItem(DeployedModel.Active(connection)?.Id));

    /// <summary>Validates and copies a package; the first one becomes active. The same file again changes nothing.</summary>
    /// <exception cref="InputException">Broken, a regressor, or another package of the same name and version is there (<c>model.exists</c>).</exception>
    public async Task<ModelItem> AddAsync(string path, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path))
            throw new InputException(path, "there is no such file", "Name a model package, such as runs/mnist/model.pictor.") { Code = "package.not-found" };
        byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        string sha256 = ContentHash.Sha256Of(bytes);
        DeployedModel? same = _catalogue.Read(DeployedModel.All).Find(m => m.Sha256 == sha256);
        if (same is not null && File.Exists(same.PathIn(_folder)))
            return same.ToItem(_catalogue.Read(DeployedModel.Active)?.Id);

        PackageManifest manifest = ModelPackage.Open(path).Manifest;
        if (manifest.IsRegressor)
        {
            throw new InputException(path, "it gives a number for each picture, and a library keeps tags", "Run it on files with 'pictor annotate FILE... --model FILE.pictor', or deploy a classifier.")
            {
                Code = "package.unsupported-task",
            };
        }

        var model = new DeployedModel
        {
            Name = manifest.Name,
            Version = manifest.Version,
            Sha256 = sha256,
            Classes = manifest.Classes,
            EmbeddingLength = manifest.EmbeddingLength,
            AddedAt = _time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await _catalogue.WriteAsync(
            connection =>
            {
                if (DeployedModel.All(connection).Find(m => m.Reference == model.Reference) is { } other && other.Sha256 != sha256)
                {
                    throw new InputException(path, $"another package named {model.Reference} is deployed already", "Give this one another version, or remove the other first: pictor models remove " + model.Reference + ".")
                    {
                        Code = "model.exists",
                    };
                }

                // The file is durable before the row that names it; a crash in between leaves a file that the next attempt replaces.
                DurableFile.Write(model.PathIn(_folder), bytes);
                model.Id = same?.Id ?? connection.ExecuteScalar<long>(
                    "INSERT INTO models (name, version, sha256, classes, embedding_length, added_at) VALUES (@Name, @Version, @Sha256, @Classes, @EmbeddingLength, @AddedAt) RETURNING id", model);
                bool none = DeployedModel.Active(connection) is null;
                if (none)
                    Activate(connection, model);
                return none;
            },
            (_, none) => Swap(none ? model : null),
            cancellationToken).ConfigureAwait(false);
        return model.ToItem(_catalogue.Read(DeployedModel.Active)?.Id);
    }

    /// <summary>Makes a package the active one. <paramref name="reference"/> is NAME or NAME@VERSION (NAME: its latest).</summary>
    /// <exception cref="InputException">None is called that (<c>model.unknown</c>).</exception>
    public Task<ModelItem> UseAsync(string reference, CancellationToken cancellationToken = default) => SwitchAsync(
        connection =>
        {
            DeployedModel model = Find(connection, reference);
            _ = ModelPackage.Open(model.PathIn(_folder)); // a damaged file is told now, not by the next upload
            if (DeployedModel.Active(connection)?.Id != model.Id)
                Activate(connection, model);
            return model;
        },
        cancellationToken);

    /// <summary>Back to the package that was active before.</summary>
    /// <exception cref="InputException">None was (<c>model.no-previous</c>).</exception>
    public Task<ModelItem> RollbackAsync(CancellationToken cancellationToken = default) => SwitchAsync(
        connection =>
        {
            DeployedModel? now = DeployedModel.Active(connection);
            if (now is not null)
            {
                // Everything above the last activation of another model goes: using one model twice in a row is one step.
                connection.Execute(
                    """
                    UPDATE activations SET undone_at = @time WHERE undone_at IS NULL AND id > ifnull((
                        SELECT max(a.id) FROM activations a JOIN models m ON m.id = a.model WHERE a.undone_at IS NULL AND m.removed_at IS NULL AND a.model <> @now), 0)
                    """,
                    new { time = _time.GetUtcNow().ToUnixTimeMilliseconds(), now = now.Id });
            }

            DeployedModel? before = DeployedModel.Active(connection);
            if (before is null)
                throw new InputException("models", "no other model was active before", "Choose one by name: pictor models use NAME.") { Code = "model.no-previous" };
            Show(connection, before);
            return before;
        },
        cancellationToken);

    /// <summary>Removes a package that is not active, with what only it said.</summary>
    /// <exception cref="InputException">It is active (<c>model.active</c>), or none is called that.</exception>
    public async Task RemoveAsync(string reference, CancellationToken cancellationToken = default)
    {
        DeployedModel removed = await _catalogue.WriteAsync(
            connection =>
            {
                DeployedModel model = Find(connection, reference);
                if (DeployedModel.Active(connection)?.Id == model.Id)
                    throw new InputException(model.Reference, "this model is active", "Use another one first: pictor models use NAME.") { Code = "model.active" };
                connection.Execute(
                    """
                    UPDATE models SET removed_at = @time WHERE id = @Id;
                    UPDATE pictures SET shown_model = NULL WHERE shown_model = @Id;
                    DELETE FROM annotations WHERE model = @Id AND rejected = 0;
                    DELETE FROM readings WHERE model = @Id;
                    DELETE FROM probabilities WHERE model = @Id;
                    """,
                    new { time = _time.GetUtcNow().ToUnixTimeMilliseconds(), model.Id });
                return model;
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        File.Delete(removed.PathIn(_folder));
        _vectors.Forget(removed);
    }

    /// <summary>Borrows the active annotator; it stays alive until the lease is disposed, even when another becomes active. Null when no model is deployed.</summary>
    public AnnotatorLease? Borrow()
    {
        lock (_lock)
            return _active is not null && _active.TryTake() ? new AnnotatorLease(_active) : null;
    }

    /// <summary>Borrows, or says that there is nothing to borrow.</summary>
    internal AnnotatorLease BorrowOrExplain() => Borrow()
        ?? throw new InputException("models", "no model is deployed in this library, so pictures cannot be compared", "Deploy one: pictor models add model.pictor, then pictor index.") { Code = "model.none" };

    /// <summary>Borrows any deployed model, the active one or another, which then is readied for this borrower alone.</summary>
    internal AnnotatorLease BorrowAny(string reference)
    {
        DeployedModel model = _catalogue.Read(connection => Find(connection, reference));
        if (Borrow() is { } lease)
        {
            if (lease.Active.Model.Id == model.Id)
                return lease;
            lease.Dispose();
        }

        _ = ModelPackage.Open(model.PathIn(_folder)); // a damaged file is told now
        return new AnnotatorLease(new ActiveModel(model, _folder, _vectors));
    }

    /// <summary>The model in use, and another to compare it with.</summary>
    internal (DeployedModel From, DeployedModel To) Pair(string reference) => _catalogue.Read(connection =>
    {
        DeployedModel to = Find(connection, reference);
        DeployedModel from = DeployedModel.Active(connection)
            ?? throw new InputException("models", "no model is in use, so there is nothing to compare with", "Use one: pictor models use NAME.") { Code = "model.none" };
        return from.Id != to.Id ? (from, to) : throw new InputException(to.Reference, "this model is the one in use", "Name another one to compare it with.") { Code = "model.active" };
    });

    /// <summary>Keeps the vectors in use, if they were loaded, for the next opening.</summary>
    internal void SaveVectors()
    {
        using AnnotatorLease? lease = Borrow();
        if (lease?.Active.VectorsIfLoaded is { } loaded)
            _vectors.Save(lease.Active.Model, loaded);
    }

    internal void Close() => Swap(next: null, close: true);

    private async Task<ModelItem> SwitchAsync(Func<SqliteConnection, DeployedModel> choose, CancellationToken cancellationToken)
    {
        DeployedModel model = await _catalogue.WriteAsync(choose, (_, chosen) => Swap(chosen), cancellationToken).ConfigureAwait(false);
        return model.ToItem(model.Id);
    }

    /// <summary>Lets go of the model in use, which lives on as long as someone borrows it, and takes up the next.</summary>
    private void Swap(DeployedModel? next, bool close = false)
    {
        ActiveModel? old;
        lock (_lock)
        {
            if (!close && (next is null || next.Id == _active?.Model.Id))
                return;
            old = _active;
            _active = next is null ? null : new ActiveModel(next, _folder, _vectors);
        }

        old?.Release();
    }

    private void Activate(SqliteConnection connection, DeployedModel model)
    {
        connection.Execute("INSERT INTO activations (model, time) VALUES (@Id, @time)", new { model.Id, time = _time.GetUtcNow().ToUnixTimeMilliseconds() });
        Show(connection, model);
    }

    /// <summary>From now on its tags are shown, wherever it has read the picture already; elsewhere the old ones stay until it has.</summary>
    private static void Show(SqliteConnection connection, DeployedModel model) =>
        connection.Execute("UPDATE pictures SET shown_model = @Id WHERE row IN (SELECT picture FROM readings WHERE model = @Id)", new { model.Id });

    private static DeployedModel Find(SqliteConnection connection, string reference)
    {
        string wanted = reference.Trim();
        List<DeployedModel> all = DeployedModel.All(connection);
        DeployedModel? found = all.Find(m => string.Equals(m.Reference, wanted, StringComparison.Ordinal))
            ?? all.Where(m => string.Equals(m.Name, wanted, StringComparison.Ordinal)).OrderBy(m => m.Version, Comparer<string>.Create(DeployedModel.CompareVersions)).ThenBy(m => m.Id).LastOrDefault();
        if (found is not null)
            return found;
        string? near = NearestWord.Of(wanted, all.Select(m => wanted.Contains('@', StringComparison.Ordinal) ? m.Reference : m.Name));
        string known = all.Count == 0 ? "None is deployed yet: pictor models add FILE." : $"Deployed are: {string.Join(", ", all.Select(m => m.Reference))}.";
        throw new InputException(reference, "no model of this name is deployed", near is null ? known : $"Did you mean {near}? {known}") { Code = "model.unknown" };
    }
}
