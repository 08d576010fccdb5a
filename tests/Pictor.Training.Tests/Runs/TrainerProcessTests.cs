using System.Diagnostics;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Training.Tests.Runs;

/// <summary>Real child processes: a shell script plays the trainer.</summary>
public sealed class TrainerProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private string Trainer(string body)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for the trainer is a shell script.");
        string path = _temp["trainer.sh"];
        File.WriteAllText(path, "#!/bin/sh\n" + body);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private TrainingJob Job => new("data", _temp["run"], new Recipe { Network = "softmax" }, "数字 'name'");

    private async Task<List<TrainerMessage>> RunAsync(string body, TimeSpan? patience = null, Action<TrainerMessage>? onMessage = null, CancellationToken token = default)
    {
        var messages = new List<TrainerMessage>();
        await foreach (TrainerMessage message in TrainerProcess.RunAsync(Job, Trainer(body), patience ?? Patience, token))
        {
            messages.Add(message);
            onMessage?.Invoke(message);
        }

        return messages;
    }

    private static string Say(TrainerMessage message) => $"cat <<'END'\n{message.ToLine()}\nEND\n";

    private static readonly TrainerMessage Finished = new TrainerMessage.Finished("model.pictor", 2, 0.9, 3, Stopped: false);

    [Fact]
    public async Task RunAsync_EveryKindOfMessage_ArrivesAsSent()
    {
        TrainerMessage[] sent =
        [
            new TrainerMessage.Said("Cut by seed 1: \"80/10/10\" 中文"), new TrainerMessage.Advanced("Training", 3, 10, "loss 0.1"),
            new TrainerMessage.EpochEnded(new EpochMetrics(1, 0.5, null, 0.75, 0.001, 2)), new TrainerMessage.SkippedInput("a.jpg", "damaged"), Finished,
        ];
        Assert.Equal(sent, await RunAsync("read job\n" + string.Concat(sent.Select(Say))));
    }

    [Fact]
    public async Task RunAsync_TheJob_ArrivesOnOneLineAndInputStaysOpen()
    {
        // The second read would succeed with an end of file if the input were closed; timeout(1) ends it when it is not.
        await RunAsync($"read -r job; printf '%s' \"$job\" > '{_temp["job"]}'\ntimeout 0.3 cat > /dev/null; echo $? > '{_temp["open"]}'\n{Say(Finished)}");
        Assert.Equal(Job, TrainingJob.FromLine(await File.ReadAllTextAsync(_temp["job"])));
        Assert.Equal("124", (await File.ReadAllTextAsync(_temp["open"])).Trim());
    }

    [Fact]
    public async Task RunAsync_GarbageBetweenMessages_IsPassedOver() =>
        Assert.Equal([Finished], await RunAsync($"read job; echo 'warning: native noise'; echo '{{\"type\": \"nothing\"}}'; echo '{{half'; printf '\\377\\376\\n'; echo\n{Say(Finished)}"));

    [Fact]
    public async Task RunAsync_BadInput_KeepsItsParts()
    {
        var e = await Assert.ThrowsAsync<InputException>(() => RunAsync("read job\n" + Say(new TrainerMessage.Failed("text", "data", "no pictures", "Name another folder.", "data.empty")) + "exit 1"));
        Assert.Equal(("data", "no pictures", "Name another folder.", "data.empty"), (e.Subject, e.Problem, e.Remedy, e.Code));
    }

    [Fact]
    public async Task RunAsync_OwnFault_CarriesTextAndLastWords()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync("read job; echo 'native trouble' >&2; sleep 0.2\n" + Say(new TrainerMessage.Failed("index out of range", null, null, null, null)) + "exit 1"));
        Assert.Contains("index out of range", e.Message, StringComparison.Ordinal);
        Assert.Contains("native trouble", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read job; echo 'terminate called' >&2; exit 134", "terminate called")]
    [InlineData("read job; exit 3", "exit code 3")]
    [InlineData("exit 5", "exit code 5")]
    [InlineData("read job; exit 0", "without a result")]
    [InlineData("read job; kill -11 $$", "signal 11")]
    public async Task RunAsync_DiesWithoutAWord_TellsHow(string body, string expected) =>
        Assert.Contains(expected, (await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(body))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("read job; kill -9 $$", "memory runs out")]
    [InlineData("read job; kill -15 $$", "signal 15")]
    [InlineData("read job; exit 130", "signal 2")]
    public async Task RunAsync_EndedFromOutside_IsNoFaultOfOursAndTellsTheWayOn(string body, string expected)
    {
        var e = await Assert.ThrowsAsync<InputException>(() => RunAsync(body));
        Assert.Contains(expected, e.Problem, StringComparison.Ordinal);
        Assert.Contains("--resume", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Cancelled_LetsTheTrainerSaveAndDeliversItsWords()
    {
        using var source = new CancellationTokenSource();
        var heard = new List<TrainerMessage>();
        string body = $"trap 'touch \"{_temp["saved"]}\"; cat <<END\n{new TrainerMessage.Said("Saved.").ToLine()}\nEND\nexit 130' INT\nread job\n{Say(new TrainerMessage.Said("Started."))}while :; do sleep 0.05; done";
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(body, onMessage: message =>
        {
            heard.Add(message);
            source.Cancel();
        }, token: source.Token));
        Assert.True(File.Exists(_temp["saved"]));
        Assert.Equal([new TrainerMessage.Said("Started."), new TrainerMessage.Said("Saved.")], heard);
    }

    [Fact]
    public async Task RunAsync_CancelledButDeaf_IsKilledAfterPatience()
    {
        using var source = new CancellationTokenSource();
        int pid = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(
            "trap '' INT TERM\nread job\necho '{\"type\":\"said\",\"text\":\"'$$'\"}'\nwhile :; do sleep 0.05; done", TimeSpan.FromMilliseconds(300),
            message =>
            {
                pid = int.Parse(((TrainerMessage.Said)message).Text, System.Globalization.CultureInfo.InvariantCulture);
                source.Cancel();
            }, source.Token));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
    }

    [Fact]
    public async Task RunAsync_EnumerationLeftEarly_EndsTheChild()
    {
        string trainer = Trainer($"trap 'touch \"{_temp["saved"]}\"; exit 130' INT\nread job\n{Say(new TrainerMessage.Said("Started."))}while :; do sleep 0.05; done");
        await foreach (TrainerMessage _ in TrainerProcess.RunAsync(Job, trainer, Patience))
            break;
        Assert.True(File.Exists(_temp["saved"]));
    }

    [Fact]
    public async Task RunAsync_FinishedThenHanging_StillEndsWithTheResult() =>
        Assert.Equal([Finished], await RunAsync($"read job\n{Say(Finished)}exec >&- 2>&-\nwhile :; do sleep 0.05; done", patience: TimeSpan.FromMilliseconds(300)));

    [Fact]
    public async Task RunAsync_CancelledBefore_StartsNothing()
    {
        string body = $"touch '{_temp["started"]}'";
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(body, token: new CancellationToken(canceled: true)));
        Assert.False(File.Exists(_temp["started"]));
    }

    [Fact]
    public async Task RunAsync_NotExecutable_SaysWhereToName()
    {
        File.WriteAllText(_temp["trainer.txt"], "text");
        var e = await Assert.ThrowsAsync<InputException>(async () =>
        {
            await foreach (TrainerMessage _ in TrainerProcess.RunAsync(Job, _temp["trainer.txt"], Patience))
            {
            }
        });
        Assert.Contains("PICTOR_TRAINER", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_InTheBuildsLayout_OwnConfigurationFirst() =>
        Assert.Equal(
            ["/a/bin/Pictor.Trainer/debug/pictor-train.dll", "/a/bin/Pictor.Trainer/release/pictor-train.dll", "/a/bin/Pictor.Cli/debug/pictor-train.dll", "/a/bin/Pictor.Cli/debug/trainer/pictor-train.dll"],
            TrainerProgram.Places("/a/bin/Pictor.Cli/debug/").Select(path => path.Replace('\\', '/')), StringComparer.Ordinal);
}
