namespace Pictor.Library.Tests;

/// <summary>Runs the tests; started as <c>child VERB ...</c> it is the process that a test watches and kills.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        if (args is ["child", .. var rest])
            return Child.RunAsync(rest);
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
