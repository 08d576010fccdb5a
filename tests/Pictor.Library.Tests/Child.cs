using System.Diagnostics;

namespace Pictor.Library.Tests;

/// <summary>What the other process does, told to its parent line by line; and the parent's handle on it.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public int Pid => _process.Id;

    /// <summary>Starts this very program as a child.</summary>
    public static Child Start(params string[] arguments) => StartBy([], arguments);

    /// <summary>Starts this very program by another, such as one that gives it a small disk.</summary>
    public static Child StartBy(IReadOnlyList<string> by, params string[] arguments)
    {
        var start = new ProcessStartInfo(by.Count > 0 ? by[0] : Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string word in by.Skip(1))
            start.ArgumentList.Add(word);
        if (by.Count > 0)
            start.ArgumentList.Add(Environment.ProcessPath!);
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
        if (verb == "fill")
            return await Keeping.DiskTests.FillAsync(folder);
        await using PictureLibrary library = await PictureLibrary.OpenAsync(folder, new LibraryOptions { Url = verb == "hold" ? args[2] : null });
        Console.WriteLine("ready");
        switch (verb)
        {
            case "hold":
                await Task.Delay(Timeout.Infinite);
                break;
            case "index":
                await library.Models.AddAsync(args[3]);
                await library.IndexAsync([args[2]], new IndexOptions { Again = args[4] == "again", Copy = args[4] == "copy" }, new Printer());
                break;
            case "upload":
                for (int seed = int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture); ; seed++)
                    Console.WriteLine((await library.AddAsync($"{seed}.png", Place.Png(seed))).Id);
            case "people":
                await SpeakAsync(library, new Random(int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture)), args[2]);
                break;
            case "bulk":
                await ChangeAllAsync(library, args[2]);
                break;
        }

        Console.WriteLine("end");
        return 0;
    }

    /// <summary>People say, reject, rate and hide; each is told once it is acknowledged.</summary>
    private static async Task SpeakAsync(PictureLibrary library, Random random, string name)
    {
        string[] ids = [.. library.List(1000).Items.Select(i => i.Id)];
        for (int turn = 0; ids.Length > 0; turn++)
        {
            string id = ids[random.Next(ids.Length)];
            switch (random.Next(4))
            {
                case 0:
                    if (library.Annotations(id).FirstOrDefault(a => !a.Rejected && a.Source.StartsWith("package", StringComparison.Ordinal)) is { } wrong)
                    {
                        await library.RejectAsync(id, wrong.Id, "ann");
                        Console.WriteLine($"rejected {id} {wrong.Value}");
                    }

                    break;
                case 1:
                    await library.RateAsync(id, 1 + (turn % 5), null, "ann");
                    Console.WriteLine($"rated {id} {1 + (turn % 5)}");
                    break;
                case 2:
                    await library.HideAsync(id, "ann");
                    await library.UnhideAsync(id, "ann");
                    break;
                default:
                    await library.AnnotateAsync(id, AnnotationKind.Tag, $"word {name} {turn}", null, "ann");
                    Console.WriteLine($"said {id} word {name} {turn}");
                    break;
            }
        }
    }

    /// <summary>Every picture gets a tag, stars and a rejection at once; every third time it is taken back. Each is told before it begins and once it is acknowledged.</summary>
    private static async Task ChangeAllAsync(PictureLibrary library, string name)
    {
        for (int turn = 0; library.Summarize().Pictures > 0; turn++)
        {
            string word = $"bulk-{name}-{turn}";
            var all = new PictureSelection { Filter = new PictureFilter() };
            ChangeReceipt receipt = await library.ChangeAsync(all, new BulkChange { Add = [word], Reject = [$"not-{word}"], Rating = 1 + (turn % 5) }, "ann");
            Console.WriteLine($"changed {word} {receipt.Undo}");
            if (turn % 3 != 2)
                continue;
            Console.WriteLine($"undoing {word} {receipt.Undo}");
            await library.UndoAsync(receipt.Undo!.Value, "ann");
            Console.WriteLine($"undone {word} {receipt.Undo}");
        }
    }

    private sealed class Printer : IProgress<Progress>
    {
        public void Report(Progress value) => Console.WriteLine(FormattableString.Invariant($"done {value.Done}"));
    }
}
