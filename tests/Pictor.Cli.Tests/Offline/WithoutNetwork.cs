using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Pictor.Cli.Tests.Offline;

/// <summary>The child's side: in a network namespace that holds nothing but its own loopback, the real commands and the real server do their work.</summary>
internal static class WithoutNetwork
{
    public static async Task<int> RunAsync(string folder, string pictures)
    {
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        RaiseLoopback();
        Console.WriteLine(await IsReachableAsync() ? "there is a network" : "no network");
        string library = Path.Combine(folder, "lib"), one = Directory.EnumerateFiles(pictures, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();

        // Nothing but the pictures is named: the model is the one that comes with Pictor.
        await SayAsync("index", "index", pictures, "--library", library, "--json");
        await SayAsync("search", "search", "--image", one, "--library", library, "--json");
        await SayAsync("annotate", "annotate", one, "--library", library, "--json");

        using var stop = new CancellationTokenSource();
        var ready = new ReadyLine();
        Task<int> serving = PictorProgram.RunAsync(["serve", pictures, "--library", library, "--url", "http://127.0.0.1:0", "--json"], ready, TextWriter.Null, stop.Token);
        using var http = new HttpClient { BaseAddress = new Uri(JsonDocument.Parse(await ready.Line).RootElement.GetProperty("url").GetString()!) };
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(one)), "file", "a.png" } };
        using HttpResponseMessage annotated = await http.PostAsync("/api/v1/annotate", form);
        JsonElement predictions = (await annotated.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items")[0].GetProperty("predictions");
        Console.WriteLine($"served annotate {(int)annotated.StatusCode} {predictions.GetArrayLength() > 0}");
        using HttpResponseMessage found = await http.PostAsync("/api/v1/search", new StringContent("""{"text": "a"}""", Encoding.UTF8, "application/json"));
        Console.WriteLine($"served search {(int)found.StatusCode}");
        string page = await http.GetStringAsync("/");
        Console.WriteLine($"served page {page.Contains("<html", StringComparison.OrdinalIgnoreCase)}");
        await stop.CancelAsync();
        Console.WriteLine($"served {await serving}");
        return 0;
    }

    private static async Task SayAsync(string name, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await PictorProgram.RunAsync(args, output, error, CancellationToken.None);
        Console.WriteLine($"{name} {code}{(code == 0 ? "" : " " + error.ToString().ReplaceLineEndings(" "))}");
    }

    private static async Task<bool> IsReachableAsync()
    {
        try
        {
            // An address that is reserved for documentation: nobody is bothered where there is a network after all.
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 9));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A new namespace has its loopback switched off: SIOCSIFFLAGS with IFF_UP and IFF_RUNNING.</summary>
    private static void RaiseLoopback()
    {
        byte[] request = new byte[40];
        "lo"u8.CopyTo(request);
        BitConverter.TryWriteBytes(request.AsSpan(16), (short)0x41);
        int descriptor = OpenSocket(2, 2, 0);
        _ = Control(descriptor, 0x8914, request);
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "socket")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenSocket(int domain, int type, int protocol);

    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, nuint what, byte[] request);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);

    /// <summary>The first line that the server prints.</summary>
    private sealed class ReadyLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task;

        public override void WriteLine(string? value) => _line.TrySetResult(value ?? "");
    }
}
