using Pictor.Cli;

return await PictorProgram.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
