using System.Globalization;
using Microsoft.Extensions.Options;

namespace Pictor.Models.Hosting;

/// <summary>Finds everything that is wrong with the options when the program starts, not when the first request comes.</summary>
internal sealed class PictorAnnotatorOptionsCheck(string name) : IValidateOptions<PictorAnnotatorOptions>
{
    public ValidateOptionsResult Validate(string? asked, PictorAnnotatorOptions options)
    {
        if (asked != name)
            return ValidateOptionsResult.Skip;
        string subject = name.Length == 0 ? "Pictor annotator" : $"Pictor annotator '{name}'";
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(options.ModelPath))
            faults.Add($"{subject}: ModelPath is missing. Set it to a .pictor file, such as models/tags.pictor.");
        else if (!File.Exists(options.ModelPath))
            faults.Add($"{subject}: ModelPath is '{options.ModelPath}', and there is no such file (working directory {Environment.CurrentDirectory}). Set it to a .pictor file.");
        if (options.Threads is < 1 or > 64)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{subject}: Threads is {options.Threads}, expected 1 to 64."));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
