using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Library;
using Pictor.Cli.Terminal;

namespace Pictor.Cli.Doctor;

/// <summary><c>doctor</c>: what this machine has, what is missing, and how to get it.</summary>
internal sealed class DoctorCommand : PictorCommand
{
    private readonly LibraryOption _library = new();

    public DoctorCommand()
        : base("doctor", "Look whether everything works on this machine, and what to do where it does not.", "pictor doctor", "pictor doctor --json") => Add(_library);

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        List<Finding> checks = [Finding.Ok("pictor", VersionAction.Version), .. MachineChecks.Run(_library.Folder(parsed)), .. await SelfTest.RunAsync(cancellationToken)];
        bool ok = checks.TrueForAll(check => check.Status != "failed");
        output.Result(new { ok, checks }, () => Text(checks));
        return ok ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Text(IReadOnlyList<Finding> checks)
    {
        var text = new StringBuilder();
        foreach (Finding check in checks)
        {
            string mark = check.Status switch { "ok" => "ok     ", "missing" => "missing", _ => "FAILED " };
            text.AppendLine(CultureInfo.InvariantCulture, $"{mark}  {check.Name,-13} {check.Found}");
            if (check.Remedy is { } remedy) text.AppendLine(CultureInfo.InvariantCulture, $"{"",-23} {remedy}");
        }

        return text.ToString();
    }
}
