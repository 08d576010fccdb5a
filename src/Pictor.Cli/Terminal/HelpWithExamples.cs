using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Pictor.Cli.Terminal;

/// <summary>The usual help, then two examples that can be typed as they stand.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public static void InstallIn(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.SetAction(parsed => help.Action is HelpWithExamples action ? action.Invoke(parsed) : ExitCode.Done);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        IReadOnlyList<string> examples = command switch
        {
            PictorCommand known => known.Examples,

            // One of each verb; a noun with a single verb shows both of it.
            Group group => [.. group.Subcommands.OfType<PictorCommand>().SelectMany(sub => sub.Examples.Index()).OrderBy(e => e.Index).Select(e => e.Item).Take(2)],
            _ => ["pictor demo", "pictor train --data pictures/ --network mnist-cnn"],
        };
        output.WriteLine("Examples:");
        foreach (string example in examples)
            output.WriteLine($"  {example}");
        return code;
    }
}
