namespace Pictor.Library;

/// <summary>Another process owns the library for writing.</summary>
public sealed class LibraryInUseException : InputException
{
    /// <summary>Names the owner.</summary>
    public LibraryInUseException(string folder, int pid, string? url)
        : base(folder, $"this library is in use by process {pid}{(url is null ? "" : $" at {url}")}", url is null ? $"Wait until process {pid} ends, or stop it." : "Send changes to that address, or stop it.")
    {
        Pid = pid;
        Url = url;
        Code = "library.in-use";
    }

    /// <summary>Process id of the owner.</summary>
    public int Pid { get; }

    /// <summary>Its address, when it is a server.</summary>
    public string? Url { get; }
}
