using System.Globalization;
using Pictor.Library;

namespace Pictor.Server.Pages;

/// <summary>An exposure as photographers write it, in any language: 1/250 s · f/2.8 · ISO 400 · 50 mm.</summary>
internal static class ExposureText
{
    internal static string? Of(PictureMetadata? metadata)
    {
        if (metadata is null)
            return null;
        string?[] parts =
        [
            metadata.ExposureTime switch
            {
                null => null,
                < 0.4 and var brief => string.Create(CultureInfo.InvariantCulture, $"1/{Math.Round(1 / brief):0} s"),
                var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s"),
            },
            metadata.Aperture is { } aperture ? string.Create(CultureInfo.InvariantCulture, $"f/{aperture:0.#}") : null,
            metadata.Iso is { } iso ? string.Create(CultureInfo.InvariantCulture, $"ISO {iso}") : null,
            metadata.FocalLength is { } length ? string.Create(CultureInfo.InvariantCulture, $"{length:0.#} mm") : null,
        ];
        string text = string.Join(" · ", parts.OfType<string>());
        return text.Length == 0 ? null : text;
    }
}
