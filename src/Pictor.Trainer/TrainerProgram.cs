using Pictor.Trainer.Choosing;
using Pictor.Trainer.Data;
using Pictor.Trainer.Loop;
using Pictor.Trainer.Talking;
using Pictor.Trainer.Torch;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Trainer;

/// <summary>The whole program: a job in, messages out, an exit code.</summary>
internal static class TrainerProgram
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Cancelled = 130;

    /// <param name="input">One line with the job; its end afterwards means that the parent is gone.</param>
    /// <param name="output">JSON lines.</param>
    /// <param name="stop">Signals are expected to be listened for already.</param>
    /// <param name="time">The clock.</param>
    public static async Task<int> RunAsync(TextReader input, TextWriter output, StopRequest stop, TimeProvider time)
    {
        var messages = new MessageWriter(output);
        try
        {
            long start = time.GetTimestamp();
            TrainingJob job = TrainingJob.FromLine(await input.ReadLineAsync());
            job = job with { Recipe = job.Recipe.Resolve("training job") };
            stop.ListenForEndOf(input);
            return await TrainAsync(job, new Surroundings(messages, new ProgressRelay(messages, time), stop, time, start)) ? Done : Cancelled;
        }
        catch (OperationCanceledException) when (stop.IsSet)
        {
            messages.Say("Stopped before training began; there is nothing to go on from.");
            return Cancelled;
        }
        catch (InputException e)
        {
            messages.Write(new TrainerMessage.Failed(e.Message, e.Subject, e.Problem, e.Remedy, e.Code));
            return Failed;
        }
#pragma warning disable CA1031 // Whatever it is, the parent gets a sentence and stderr the rest.
        catch (Exception e)
#pragma warning restore CA1031
        {
            messages.Write(new TrainerMessage.Failed($"{e.GetType().Name}: {e.Message}", null, null, null, null));
            await Console.Error.WriteLineAsync(e.ToString());
            return Failed;
        }
    }

    private static async Task<bool> TrainAsync(TrainingJob job, Surroundings around)
    {
        NativeSettings.KeepMemory();
        NativeSettings.KeepPrimitives();
        RunFolder folder = RunFolder.Open(job.Out);
        if (job.Resume && job.Recipe.Precision == Precisions.Auto)
            job = job with { Recipe = job.Recipe with { Precision = folder.Job.Recipe.Precision } };
        using TrainingData data = await TrainingData.OpenAsync(job.Data, job.Recipe.Seed, around.Messages, around.Progress, around.Stop.Token);
        StartingPoint start = StartingPoint.Of(job.Recipe);
        if (job.Request is { } request)
        {
            job = job with { Recipe = await RecipeTrials.ChooseAsync(request, data, around), Request = null };
            folder.Decide(job.Recipe);
        }
        else
        {
            job = job with { Recipe = start.Complete(job.Recipe) };
            await data.LoadAsync(job.Recipe, start.Input, around.Messages, around.Progress, around.Stop.Token);
        }

        start.Soft = await Teacher.AskAsync(job.Recipe, data, around);
        using var run = new TrainingRun(job, data, folder, start, around);
        return run.Run();
    }
}
