using System.Diagnostics;
using Pictor.Datasets;

namespace Pictor.Cli.Tests.Offline;

public sealed class OfflineTests
{
    [Fact]
    public async Task EverythingDaily_InANamespaceWithoutANetwork_Works()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Network namespaces are Linux's.");
        using var folder = new TemporaryFolder();
        DrawnPictures.WriteFolder(folder.File("drawn"), perClass: 2, seed: 1, TestContext.Current.CancellationToken);
        string[] self = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [Environment.ProcessPath!, typeof(OfflineTests).Assembly.Location] : [Environment.ProcessPath!];
        using Process child = Process.Start(new ProcessStartInfo("sh", ["-c", "exec unshare --user --map-root-user --net \"$@\"", "sh", .. self, "child", "without-network", folder.Path, folder.File("drawn")])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            lines.Add(line);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(lines.Count == 0, $"This system gives no network namespace: {await error}");

        Assert.Equal(["no network", "index 0", "search 0", "annotate 0", "served annotate 200 True", "served search 200", "served page True", "served 0"], lines);
    }
}
