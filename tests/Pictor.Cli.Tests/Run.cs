using System.Text.Json;

namespace Pictor.Cli.Tests;

/// <summary>The program as a person calls it, in this process.</summary>
internal sealed record Run(int Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public static async Task<Run> PictorAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await PictorProgram.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return new Run(code, output.ToString(), error.ToString());
    }
}
