using System.ComponentModel;
using System.Diagnostics;
using Pictor.Cli.Terminal;

namespace Pictor.Cli.Serving;

/// <summary>Opens a page in the user's browser, where there is one; without one it says so and the address stays to be copied.</summary>
internal static class Browser
{
    public static void Open(string url, CommandOutput output)
    {
        (string program, string[] args) = OperatingSystem.IsWindows() ? ("cmd", new[] { "/c", "start", "", url })
            : OperatingSystem.IsMacOS() ? ("open", [url])
            : ("xdg-open", [url]);
        try
        {
            using Process? started = Process.Start(new ProcessStartInfo(program, args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Win32Exception)
        {
            output.Say($"No browser could be opened ({program} is missing): open {url} by hand.");
        }
    }
}
