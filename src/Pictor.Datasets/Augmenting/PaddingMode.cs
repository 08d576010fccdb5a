namespace Pictor.Datasets;

/// <summary>What stands outside a picture when it is moved, turned or made smaller.</summary>
public enum PaddingMode
{
    /// <summary>Edge pixels are repeated.</summary>
    Edge,

    /// <summary>The picture is mirrored at its edge, without repeating the edge pixel.</summary>
    Reflect,
}
