using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Pictor.Cli.Terminal;

/// <summary><c>pictor --version</c>: the number alone, so that scripts can read it.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public static string Version { get; } =
        typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public override bool ClearsParseErrors => true;

    public static void InstallIn(RootCommand root) => root.Options.OfType<VersionOption>().Single().Action = new VersionAction();

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(Version);
        return ExitCode.Done;
    }
}
