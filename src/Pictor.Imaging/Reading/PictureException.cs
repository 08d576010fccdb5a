namespace Pictor.Imaging;

/// <summary>A file that is no picture, is damaged, or is larger than allowed. The message names what was found; <see cref="InputException.Code"/> tells the cases apart.</summary>
public sealed class PictureException : InputException
{
    /// <summary>Describes what is wrong with a picture.</summary>
    /// <param name="code"><c>picture.unknown-format</c>, <c>picture.damaged</c>, <c>picture.too-many-pixels</c>, <c>picture.too-large</c>, <c>picture.unsupported</c> or <c>picture.needs-libheif</c>.</param>
    /// <param name="subject">The file's name.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="remedy">The way out.</param>
    /// <param name="inner">The decoder's own exception.</param>
    public PictureException(string code, string subject, string problem, string remedy, Exception? inner = null)
        : base(subject, problem, remedy, inner) => Code = code;

    /// <summary>True when the file ends, or stops making sense, before its last pixel.</summary>
    public bool IsTruncated { get; init; }
}
