using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using Pictor.Cli.Correcting;
using Pictor.Cli.Datasets;
using Pictor.Cli.Demo;
using Pictor.Cli.Doctor;
using Pictor.Cli.Library;
using Pictor.Cli.Models;
using Pictor.Cli.Networks;
using Pictor.Cli.Serving;
using Pictor.Cli.Terminal;
using Pictor.Cli.Training;

namespace Pictor.Cli;

/// <summary>The program: builds the command tree, parses, runs, and turns every outcome into an exit code.</summary>
internal static class PictorProgram
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        RootCommand root = CommandTree();
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not (HelpAction or VersionAction or HelpWithExamples))
            return Usage.Explain(parsed, error);

        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, stop.Token);
    }

    internal static RootCommand CommandTree()
    {
        var root = new RootCommand("Pictor annotates pictures by itself, finds them and recommends them: on this machine, without a cloud.");
        Command[] commands =
        [
            new DemoCommand(),
            new ServeCommand(),
            new IndexCommand(),
            new SearchCommand(),
            new SimilarCommand(),
            new RecommendCommand(),
            new DuplicatesCommand(),
            new AnnotateCommand(),
            .. CorrectionCommands.All(),
            LibraryCommands.Noun(),
            new TrainCommand(),
            new TuneCommand(),
            new EvaluateCommand(),
            new ExplainCommand(),
            new Group("runs", "Training runs: what there is, and which is better.", new RunsListCommand(), new RunsCompareCommand()),
            new Group(
                "dataset", "Look at labelled pictures, clean, cut and convert them, before training on them.",
                new DatasetInfoCommand(), new DatasetPreviewCommand(), new DatasetCleanCommand(), new DatasetSplitCommand(), new DatasetConvertCommand()),
            new NetworksCommand(),
            new Group(
                "models", "Model packages: deploy, switch and roll back those of a library; combine, calibrate and import others.",
                new ModelsListCommand(), new ModelsAddCommand(), new ModelsUseCommand(), new ModelsRollbackCommand(), new ModelsRemoveCommand(), new ModelsPrepareCommand(), new ModelsDiffCommand(),
                new ModelsEnsembleCommand(), new ModelsCalibrateCommand(), new ModelsQuantizeCommand(), new ModelsProjectCommand(), new ModelsImportCommand()),
            new DoctorCommand(),
        ];
        foreach (Command command in commands)
            root.Add(command);
        GlobalOptions.AddTo(root);
        HelpWithExamples.InstallIn(root);
        VersionAction.InstallIn(root);
        return root;
    }
}
