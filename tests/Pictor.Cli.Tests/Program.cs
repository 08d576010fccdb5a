namespace Pictor.Cli.Tests;

/// <summary>Runs the tests; started as <c>child without-network ...</c> it is the process that lives without one.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        if (args is ["child", "without-network", var folder, var pictures])
            return Offline.WithoutNetwork.RunAsync(folder, pictures);
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
