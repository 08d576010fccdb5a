using System.CommandLine;
using Pictor.Datasets;

namespace Pictor.Cli.Datasets;

/// <summary>An augmentation from <c>augment.json</c>, changed by flags.</summary>
internal sealed class AugmentationOptions
{
    private readonly Option<string> _file = new("--augment") { Description = "Read the augmentation from a JSON file.", HelpName = "FILE" };
    private readonly Option<int?> _crop = new("--crop") { Description = "Random crop after padding by so many pixels.", HelpName = "PIXELS" };
    private readonly Option<double?> _rotation = new("--rotation") { Description = "Rotate by up to so many degrees either way.", HelpName = "DEGREES" };
    private readonly Option<bool?> _flip = new("--flip") { Description = "Mirror every second picture left to right (not for digits and text)." };
    private readonly Option<double?> _brightness = new("--brightness") { Description = "Change the brightness by up to this share, 0..1." };
    private readonly Option<double?> _contrast = new("--contrast") { Description = "Change the contrast by up to this share, 0..1." };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _file, _crop, _rotation, _flip, _brightness, _contrast }) command.Add(option);
    }

    public Augmentation Read(ParseResult parsed, Augmentation basis)
    {
        if (parsed.GetValue(_file) is { } file) basis = Augmentation.Load(file);
        return basis with
        {
            Crop = parsed.GetValue(_crop) ?? basis.Crop,
            Rotation = parsed.GetValue(_rotation) ?? basis.Rotation,
            Flip = parsed.GetValue(_flip) ?? basis.Flip,
            Brightness = parsed.GetValue(_brightness) ?? basis.Brightness,
            Contrast = parsed.GetValue(_contrast) ?? basis.Contrast,
        };
    }
}
