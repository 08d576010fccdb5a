using System.CommandLine;
using Pictor.Cli.Terminal;

namespace Pictor.Cli.Tests;

public sealed class UsageTests
{
    public static TheoryData<string> Commands => [.. Below(PictorProgram.CommandTree(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_OfEveryCommand_ShowsTwoExamples(string command)
    {
        Run help = await Run.PictorAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, help.Code);
        string[] examples = [.. help.Out.Split("Examples:")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        Assert.Equal(2, examples.Length);
        Assert.All(examples, example => Assert.StartsWith("pictor", example, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Examples_OfEveryCommand_Parse(string command)
    {
        RootCommand root = PictorProgram.CommandTree();
        Command found = command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate((Command)root, (at, word) => at.Subcommands.Single(sub => sub.Name == word));
        if (found is not PictorCommand known) return;
        Assert.All(known.Examples, example => Assert.Empty(root.Parse(example.Split(' ')[1..]).Errors));
    }

    [Theory]
    [InlineData("trian", "train")]
    [InlineData("serch", "search")]
    [InlineData("dataset inof", "info")]
    [InlineData("train --data x --epcohs 3", "--epochs")]
    public async Task WrongWord_SuggestsTheRightOne_WithExitCode2(string line, string expected)
    {
        Run run = await Run.PictorAsync(line.Split(' '));

        Assert.Equal(ExitCode.WrongUsage, run.Code);
        Assert.Contains($"Did you mean '{expected}'?", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("evaluate --model a.pictor")]
    [InlineData("search")]
    [InlineData("recommend")]
    [InlineData("search cat --limit 0")]
    [InlineData("train --data x --epochs many")]
    public async Task IncompleteLine_IsExplained_WithExitCode2(string line)
    {
        Run run = await Run.PictorAsync(line.Split(' '));

        Assert.Equal(ExitCode.WrongUsage, run.Code);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsANumberAlone()
    {
        Run run = await Run.PictorAsync("--version");

        Assert.Equal(0, run.Code);
        Assert.Matches(@"^\d+\.\d+\.\d+\s*$", run.Out);
    }

    [Theory]
    [InlineData("evaluate --model nowhere.pictor --data also-nowhere", "nowhere")]
    [InlineData("dataset info nowhere", "nowhere")]
    [InlineData("train --data nowhere --out {temp}/run", "nowhere")]
    [InlineData("annotate x.png --model nowhere.pictor", "nowhere.pictor")]
    [InlineData("networks mnist-cn", "mnist-cnn")]
    public async Task MissingInput_IsNamed_WithExitCode1AndNoStackTrace(string line, string named)
    {
        using var temp = new TemporaryFolder();
        Run run = await Run.PictorAsync(line.Replace("{temp}", temp.Path, StringComparison.Ordinal).Split(' '));

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", run.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Below(Command command, string path)
    {
        yield return path;
        foreach (Command sub in command.Subcommands)
        {
            foreach (string deeper in Below(sub, $"{path} {sub.Name}".Trim())) yield return deeper;
        }
    }
}
