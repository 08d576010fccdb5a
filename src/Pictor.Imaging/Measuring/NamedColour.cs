namespace Pictor.Imaging;

/// <summary>The colours that people name.</summary>
public enum NamedColour
{
    /// <summary>Too pale or too much between two to be called one.</summary>
    None,

    /// <summary>Dark, without colour.</summary>
    Black,

    /// <summary>Between black and white.</summary>
    Grey,

    /// <summary>Light, without colour.</summary>
    White,

    /// <summary>Red.</summary>
    Red,

    /// <summary>Light red, also towards purple.</summary>
    Pink,

    /// <summary>Orange, strong and not dark.</summary>
    Orange,

    /// <summary>Dark or dull orange: wood, earth, fur.</summary>
    Brown,

    /// <summary>Yellow.</summary>
    Yellow,

    /// <summary>Green.</summary>
    Green,

    /// <summary>Blue, cyan included.</summary>
    Blue,

    /// <summary>Purple and violet.</summary>
    Purple,
}
