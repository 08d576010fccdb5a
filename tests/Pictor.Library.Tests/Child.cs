using System.Diagnostics;

namespace Pictor.Library.Tests;

/// <summary>What the other process does, told to its parent line by line; and the parent's handle on it.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public int Pid => _process.Id;

    /// <summary>Starts this very program as a child.</summary>
    public static Child Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(typeof(Child).Assembly.Location);
        start.ArgumentList.Add("child");
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return new Child(Process.Start(start)!);
    }

    /// <summary>The next line that the child printed; null when it has ended.</summary>
    public string? Line() => _process.StandardOutput.ReadLine();

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    /// <summary>The child's side.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        string verb = args[0], folder = args[1];
        await using PictureLibrary library = await PictureLibrary.OpenAsync(folder, new LibraryOptions { Url = verb == "hold" ? args[2] : null });
        Console.WriteLine("ready");
        switch (verb)
        {
            case "hold":
                await Task.Delay(Timeout.Infinite);
                break;
            case "index":
                await library.Models.AddAsync(args[3]);
                await library.IndexAsync([args[2]], new IndexOptions { Again = args.Length > 4 }, new Printer());
                break;
            case "upload":
                for (int seed = int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture); ; seed++)
                    Console.WriteLine((await library.AddAsync($"{seed}.png", Place.Png(seed))).Id);
        }

        Console.WriteLine("end");
        return 0;
    }

    private sealed class Printer : IProgress<Progress>
    {
        public void Report(Progress value) => Console.WriteLine(FormattableString.Invariant($"done {value.Done}"));
    }
}
