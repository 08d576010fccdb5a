using System.CommandLine;
using System.Globalization;
using Pictor.Datasets;

namespace Pictor.Cli.Datasets;

/// <summary>An augmentation from a preset or <c>augment.json</c>, changed by flags: one flag a field.</summary>
internal sealed class AugmentationOptions(params string[] alias)
{
    private readonly Option<string> _basis = new("--augment", alias) { Description = $"A preset ({string.Join(", ", AugmentationPresets.All.Select(p => p.Name))}) or a JSON file.", HelpName = "NAME|FILE" };
    private readonly (AugmentationField Field, Option Option)[] _fields = [.. AugmentationField.All.Select(field => (field, OptionFor(field)))];

    public void AddTo(Command command)
    {
        command.Add(_basis);
        foreach ((AugmentationField _, Option option) in _fields) command.Add(option);
    }

    /// <summary>Whether any of it was said.</summary>
    public bool IsSaid(ParseResult parsed) => parsed.GetResult(_basis) is not null || _fields.Any(field => parsed.GetResult(field.Option) is { Implicit: false });

    public Augmentation Read(ParseResult parsed, Augmentation basis)
    {
        if (parsed.GetValue(_basis) is { } word) basis = Named(word) ?? (File.Exists(word) || LooksLikeAFile(word) ? Augmentation.Load(word) : Augmentation.Named(word));
        foreach ((AugmentationField field, Option option) in _fields)
        {
            object? value = field.Kind switch
            {
                AugmentationValue.Switch => parsed.GetValue((Option<bool?>)option),
                AugmentationValue.Count => parsed.GetValue((Option<int?>)option),
                AugmentationValue.Number => parsed.GetValue((Option<double?>)option),
                _ => parsed.GetValue((Option<string>)option),
            };
            if (value is not null) basis = field.With(basis, value);
        }

        return basis;
    }

    private static Augmentation? Named(string word) => AugmentationPresets.All.FirstOrDefault(preset => preset.Name == word)?.Augmentation;

    private static bool LooksLikeAFile(string word) => word.Contains(Path.DirectorySeparatorChar) || Path.HasExtension(word);

    private static Option OptionFor(AugmentationField field)
    {
        string name = "--" + string.Concat(field.Name.Select(c => char.IsUpper(c) ? "-" + char.ToLower(c, CultureInfo.InvariantCulture) : c.ToString()));
        switch (field.Kind)
        {
            case AugmentationValue.Switch:
                return new Option<bool?>(name) { Description = field.Sentence };
            case AugmentationValue.Count:
                return new Option<int?>(name) { Description = field.Sentence, HelpName = field.Unit.ToUpperInvariant() };
            case AugmentationValue.Number:
                return new Option<double?>(name) { Description = field.Sentence, HelpName = field.Unit.Length > 0 ? field.Unit.ToUpperInvariant() : "NUMBER" };
            default:
                var words = new Option<string>(name) { Description = field.Sentence };
                words.AcceptOnlyFromAmong([.. field.Words]);
                return words;
        }
    }
}
