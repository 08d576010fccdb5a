using System.Text;
using Pictor.Trainer;
using Pictor.Trainer.Talking;

// What native libraries print must not end up between the messages, so the program writes to a stream of its own.
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
using var stop = new StopRequest();
stop.ListenForSignals();
return await TrainerProgram.RunAsync(input, output, stop, TimeProvider.System);
