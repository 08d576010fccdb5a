using System.Diagnostics;
using Pictor.Server;

namespace Pictor.Bench.Serve;

/// <summary>A server in a process of its own: this very program, started again with the word serve-child.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public static async Task<ServerProcess> StartAsync(string library, string package)
    {
        // Started as "dotnet Pictor.Bench.dll" the program's own path is dotnet's.
        string self = Environment.ProcessPath!;
        string[] first = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [typeof(ServerProcess).Assembly.Location] : [];
        Process process = Process.Start(new ProcessStartInfo(self, [.. first, "serve-child", "--library", library, "--model", package])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcConcurrent"] = "0" }, // as the product is started
        })!;
        string url = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new(process, url);
    }

    /// <summary>The child's side: serves until its input ends.</summary>
    public static async Task ServeAsync(Flags flags)
    {
        using var stop = new CancellationTokenSource();
        Task run = PictorServer.RunAsync(
            new ServerOptions { Library = flags.Text("library", ""), Model = flags.Text("model", ""), Url = "http://127.0.0.1:0" }, Console.WriteLine, stop.Token);
        await Task.WhenAny(run, Console.In.ReadToEndAsync(stop.Token));
        await stop.CancelAsync();
        await run;
    }

    public double ResidentMegabytes()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1e6;
    }

    /// <summary>Of all its threads since it started; unlike the clock it does not depend on what else the machine does.</summary>
    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
            _process.Kill();
        _process.Dispose();
    }
}
