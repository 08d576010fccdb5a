using System.CommandLine;
using System.CommandLine.Parsing;

namespace Pictor.Cli.Terminal;

/// <summary>Wrong usage: says what was not understood, the nearest right word, and where help is. Exit code 2.</summary>
internal static class Usage
{
    public static int Explain(ParseResult parsed, TextWriter error)
    {
        Command command = parsed.CommandResult.Command;
        string path = Path(command);
        string? unknown = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        if (unknown is not null)
        {
            error.WriteLine($"error: '{unknown}' is not {(unknown.StartsWith('-') ? "an option" : command.Subcommands.Count > 0 ? "a command" : "an argument")} of '{path}'.");
            if (NearestWord.Of(unknown, Words(command, unknown.StartsWith('-'))) is { } near)
                error.WriteLine($"Did you mean '{near}'?");
        }
        else
        {
            foreach (ParseError fault in parsed.Errors)
                error.WriteLine($"error: {fault.Message}");
        }

        error.WriteLine($"'{path} --help' shows what it takes, with examples.");
        return ExitCode.WrongUsage;
    }

    internal static string Path(Command command)
    {
        var names = new Stack<string>();
        for (Symbol? symbol = command; symbol is Command; symbol = symbol.Parents.FirstOrDefault())
            names.Push(symbol is RootCommand ? "pictor" : symbol.Name);
        return string.Join(' ', names);
    }

    private static IEnumerable<string> Words(Command command, bool options)
    {
        if (!options) return command.Subcommands.Select(sub => sub.Name);
        IEnumerable<Option> known = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(o => o.Recursive)));
        return known.SelectMany(option => option.Aliases.Append(option.Name)).Distinct(StringComparer.Ordinal);
    }
}
