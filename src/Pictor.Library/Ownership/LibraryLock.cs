using System.Text.Json;

namespace Pictor.Library.Ownership;

/// <summary>Who owns a library, as others can read it.</summary>
internal sealed record Owner(int Pid, string? Url, DateTimeOffset Since);

/// <summary>
/// The right to write. An operating-system lock on <c>lock</c> decides (flock on Unix, a share mode on Windows); it dies with the process, however that ends.
/// The lock bars others from reading that very file through .NET, so pid and URL stand beside it in <c>owner.json</c>, which counts only while the lock is held.
/// </summary>
internal sealed class LibraryLock : IDisposable
{
    internal const string FileName = "lock";
    internal const string OwnerFileName = "owner.json";

    private readonly FileStream _held;
    private readonly string _ownerFile;

    private LibraryLock(FileStream held, string ownerFile, bool uncleanBefore)
    {
        _held = held;
        _ownerFile = ownerFile;
        UncleanBefore = uncleanBefore;
    }

    /// <summary>The owner before did not end properly.</summary>
    internal bool UncleanBefore { get; }

    internal static LibraryLock Take(string folder, Owner owner)
    {
        string ownerFile = Path.Combine(folder, OwnerFileName);
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, FileName)))
        {
            Owner? other = ReadOwner(ownerFile);
            throw new LibraryInUseException(folder, other?.Pid ?? 0, other?.Url);
        }

        try
        {
            bool unclean = File.Exists(ownerFile);
            string partial = ownerFile + ".part";
            File.WriteAllBytes(partial, JsonSerializer.SerializeToUtf8Bytes(owner, PictorJson.Compact));
            File.Move(partial, ownerFile, overwrite: true);
            return new LibraryLock(held, ownerFile, unclean);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Who holds the lock now, for people; null when nobody does.</summary>
    internal static Owner? OwnerOf(string folder)
    {
        string file = Path.Combine(folder, OwnerFileName);
        try
        {
            Owner? owner = File.Exists(file) ? JsonSerializer.Deserialize<Owner>(File.ReadAllBytes(file), PictorJson.Compact) : null;
            return owner is not null && IsAlive(owner.Pid) ? owner : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        File.Delete(_ownerFile);
        _held.Dispose();
    }

    /// <summary>The owner may be between taking the lock and writing its name: look a few times.</summary>
    private static Owner? ReadOwner(string file)
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            try
            {
                return JsonSerializer.Deserialize<Owner>(File.ReadAllBytes(file), PictorJson.Compact);
            }
            catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
            {
                Thread.Sleep(50);
            }
        }

        return null;
    }
}
