using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Importing;

namespace Pictor.Library.Ingest;

/// <summary>
/// One run over some folders: walk, look up, prepare on all cores, read in batches, write. The stages hand over tasks in the order of the walk through bounded
/// channels: memory does not grow with the library, and rows are made in the same order on every machine. Cancelled or killed at any moment, it is simply run again.
/// </summary>
internal sealed class IngestJob(
    CatalogueFile catalogue, Preparation preparation, IngestWriter writer, FolderWalk walk, WalkRules rules, ActiveModel? model, IndexOptions options, IProgress<Progress>? progress)
{
    // Each commit waits for the disk and writes whole pages, so many small pictures share one; of those that take long, none waits for others that have not begun.
    private const int CommitSize = 256, CommitMilliseconds = 300;

    private readonly RowSet _seen = new();
    private readonly List<SkippedFile> _skipped = [];
    private readonly string? _heif = HeifSupport.Find();
    private readonly int _cores = Environment.ProcessorCount;
    private int _added, _known, _changed;
    private long _done, _total;

    internal int Added => _added;

    internal int Known => _known;

    internal int Changed => _changed;

    internal IReadOnlyList<SkippedFile> Skipped => [.. _skipped.Concat(walk.Unreadable).OrderBy(s => s.File, StringComparer.Ordinal)];

    /// <summary>Files that were written just now, and are left for later.</summary>
    internal List<string> Unsettled { get; } = [];

    /// <summary>Rows of files that the walk met.</summary>
    internal RowSet Seen => _seen;

    /// <param name="roots">Folders and files.</param>
    /// <param name="named">A person named them.</param>
    /// <param name="cancellationToken">Stops; what was committed stays.</param>
    internal async Task RunAsync(IReadOnlyList<string> roots, bool named, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var files = Channel.CreateBounded<Task<Prepared>>(new BoundedChannelOptions(Reading.BatchSize + (2 * _cores)) { SingleReader = true, SingleWriter = true });

        // As many as one commit takes, so that nobody waits while the writer waits for the disk.
        var batches = Channel.CreateBounded<Task<List<Prepared>>>(new BoundedChannelOptions(_cores + (CommitSize / Reading.BatchSize)) { SingleReader = true, SingleWriter = true });
        Task counting = progress is null ? Task.CompletedTask : Task.Run(() => Volatile.Write(ref _total, FolderWalk.Estimate(roots, rules, stop.Token)), stop.Token);
        Task[] stages =
        [
            Stage(() => WalkAsync(roots.SelectMany(root => walk.Files(root, named)), files.Writer, stop.Token), files.Writer, stop),
            Stage(() => BatchAsync(files.Reader, batches.Writer, stop.Token), batches.Writer, stop),
            Stage<object>(() => WriteAsync(batches.Reader, stop.Token), null, stop),
        ];
        try
        {
            await Task.WhenAll(stages).ConfigureAwait(false);
        }
        catch
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The first stage to fail stops the others; theirs are only cancellations.
            foreach (Task failed in stages.Where(s => s.IsFaulted))
                await failed.ConfigureAwait(false);
            throw;
        }
        finally
        {
            await counting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task Stage<T>(Func<Task> work, ChannelWriter<T>? output, CancellationTokenSource stop)
    {
        try
        {
            await Task.Run(work).ConfigureAwait(false);
            output?.Complete();
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            output?.TryComplete();
            throw;
        }
    }

    private async Task WalkAsync(IEnumerable<FoundFile> found, ChannelWriter<Task<Prepared>> output, CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(_cores);
        using SqliteConnection connection = catalogue.Read();
        using var lookup = new FileLookup(connection, options.Copy);
        using var sidecars = new SidecarLookup(connection);
        var running = new List<Task>();
        try
        {
            foreach ((FoundFile file, KnownFile? known) in NewestFirst.Order(ToRead(found, lookup, sidecars, cancellationToken), f => f.File.Modified))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (known is not null && IsDone(file, known))
                {
                    await output.WriteAsync(Task.FromResult(Return(file, known)), cancellationToken).ConfigureAwait(false);
                    continue;
                }

                await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
                Task<Prepared> task = Task.Run(() => PrepareAsync(file, known, slots, cancellationToken), CancellationToken.None);
                running.RemoveAll(t => t.IsCompleted);
                running.Add(task);
                await output.WriteAsync(task, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            // Whoever still works uses the slots.
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks each file up; what is known and as it was, its sidecars too, is only counted. Of a known file only the changed sidecars go on.</summary>
    private IEnumerable<(FoundFile File, KnownFile? Known)> ToRead(IEnumerable<FoundFile> found, FileLookup lookup, SidecarLookup sidecars, CancellationToken cancellationToken)
    {
        foreach (FoundFile file in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            KnownFile? known = lookup.Find(file.Path);
            if (known is not null)
                _seen.Add(known.Id);
            if (known is not null && IsDone(file, known))
            {
                IReadOnlyList<FoundFile> changed = sidecars.Changed(known.Picture, file.Sidecars);
                foreach (SkippedFile bad in sidecars.Problems(known.Picture, file.Sidecars.Except(changed)))
                    Skip(bad.File, bad.Reason);
                if (known.Missing || changed.Count > 0)
                    yield return (file with { Sidecars = changed }, known);
                else
                    CountKnown(file, known);
            }
            else if (rules.IsUnsettled(file))
                Unsettled.Add(file.Path);
            else
                yield return (file, known);
        }
    }

    private bool IsDone(FoundFile file, KnownFile known) => known.IsUnchanged(file) && !MustRead(known);

    private bool MustRead(KnownFile known) =>
        known.Problem is null ? known.Picture is null || options.Again : known.Transient || options.RetryFailed || MayBeDecodedNow(known.Problem);

    /// <summary>It was refused for want of libheif, which has been installed since.</summary>
    private bool MayBeDecodedNow(string problem) => _heif is not null && problem.Contains(HeifSupport.HowToInstall, StringComparison.Ordinal);

    private void CountKnown(FoundFile found, KnownFile known)
    {
        if (known.Problem is null)
            Interlocked.Increment(ref _known);
        else
            Skip(found.Path, known.Problem);
        Report(Interlocked.Increment(ref _done));
    }

    private static Prepared Return(FoundFile found, KnownFile known) => new()
    {
        Sidecars = [.. found.Sidecars.Select(Sidecar.Read)],
        Path = found.Path,
        Name = Path.GetFileName(found.Path),
        Size = found.Size,
        Modified = found.Modified,
        Known = known,
        Returned = true,
        Problem = known.Problem,
    };

    private async Task<Prepared> PrepareAsync(FoundFile found, KnownFile? known, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        try
        {
            return await preparation.FileAsync(found, known, model, options.Again, options.Copy, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task BatchAsync(ChannelReader<Task<Prepared>> input, ChannelWriter<Task<List<Prepared>>> output, CancellationToken cancellationToken)
    {
        var batch = new List<Prepared>();
        await foreach (Task<Prepared> task in input.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(await task.ConfigureAwait(false));
            if (batch.Count == Reading.BatchSize)
            {
                await output.WriteAsync(Read(batch), cancellationToken).ConfigureAwait(false);
                batch = [];
            }
        }

        if (batch.Count > 0)
            await output.WriteAsync(Read(batch), cancellationToken).ConfigureAwait(false);

        Task<List<Prepared>> Read(List<Prepared> full) => Task.Run(
            () =>
            {
                Reading.Run(full, model);
                return full;
            },
            cancellationToken);
    }

    private async Task WriteAsync(ChannelReader<Task<List<Prepared>>> input, CancellationToken cancellationToken)
    {
        var pending = new List<Prepared>();
        long since = 0;
        await foreach (Task<List<Prepared>> task in input.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            List<Prepared> batch = await task.ConfigureAwait(false);
            if (pending.Count == 0)
                since = Environment.TickCount64;
            pending.AddRange(batch);
            if (pending.Count < CommitSize && Environment.TickCount64 - since < CommitMilliseconds && input.TryPeek(out _))
                continue;
            await CommitAsync(pending, cancellationToken).ConfigureAwait(false);
            pending = [];
        }

        if (pending.Count > 0)
            await CommitAsync(pending, cancellationToken).ConfigureAwait(false);
    }

    private async Task CommitAsync(List<Prepared> files, CancellationToken cancellationToken)
    {
        Fate[] fates = await writer.CommitAsync(files, model, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < fates.Length; i++)
        {
            switch (fates[i])
            {
                case Fate.Added: _added++; break;
                case Fate.Changed: _changed++; break;
                case Fate.Known: Interlocked.Increment(ref _known); break;
                default: Skip(files[i].Path, files[i].Problem!); break;
            }

            foreach (Sidecar bad in files[i].Sidecars.Where(s => s.Problem is not null))
                Skip(bad.Path, bad.Problem!);
        }

        Report(Interlocked.Add(ref _done, fates.Length), now: true);
    }

    private void Skip(string file, string reason)
    {
        lock (_skipped)
            _skipped.Add(new SkippedFile(file, reason));
    }

    private void Report(long done, bool now = false)
    {
        if (now || done % 1000 == 0)
            progress?.Report(new Progress("Reading pictures", done, Volatile.Read(ref _total) is > 0 and var total ? Math.Max(total, done) : null));
    }
}
