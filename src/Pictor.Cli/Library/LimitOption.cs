using System.CommandLine;
using System.Globalization;

namespace Pictor.Cli.Library;

/// <summary><c>--limit N</c>, 1..1000.</summary>
internal static class LimitOption
{
    public static Option<int> Create()
    {
        var option = new Option<int>("--limit", "-n") { Description = "How many at most.", DefaultValueFactory = _ => 20 };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) && value is < 1 or > 1000)
                result.AddError($"--limit {value} is out of range. It takes 1 to 1000.");
        });
        return option;
    }
}
