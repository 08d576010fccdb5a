namespace Pictor.Imaging;

/// <summary>How a picture of any shape is brought to a network's input size.</summary>
public enum ResizePolicy
{
    /// <summary>Both sides are scaled independently; a picture that has the size already is untouched.</summary>
    Stretch,

    /// <summary>Scaled until the shorter side fits, then the middle is cut out.</summary>
    CentreCrop,

    /// <summary>Scaled until the longer side fits, laid into the top left corner, and padded to the right or below with mid grey (114).</summary>
    Letterbox,
}
