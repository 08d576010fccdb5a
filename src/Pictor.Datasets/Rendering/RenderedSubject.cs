using Pictor.Datasets.Rendering.Scenes;

namespace Pictor.Datasets.Rendering;

/// <summary>What a picture shows, before chance decides how.</summary>
/// <param name="Kind">Kind of picture.</param>
/// <param name="What">The shape, digit, word or scene.</param>
/// <param name="Colour">A colour's name where the kind has one.</param>
internal sealed record RenderedSubject(RenderedKind Kind, string What, string Colour = "")
{
    // How many of each scene are in a round: more of those that come in more variants.
    private static readonly (string Scene, int Count)[] s_scenes = [("village", 12), ("mountains", 10), ("sea", 10), ("meadow", 8), ("road", 8), ("underwater", 7), ("cat", 7)];

    /// <summary>A round: each shape in each colour twice, each digit in four colours, scenes, each word three times.</summary>
    public static IReadOnlyList<RenderedSubject> Round { get; } = [.. Shapes(), .. Digits(), .. Scenes(), .. Words()];

    /// <summary>Draws it; returns its tags.</summary>
    public IReadOnlyList<string> Draw(Canvas canvas, ref CounterRandom random)
    {
        switch (Kind)
        {
            case RenderedKind.Shape:
                SinglePictures.Shape(canvas, What, Colour, ref random);
                return [What, Colour];
            case RenderedKind.Digit:
                SinglePictures.Digit(canvas, What[0], Colour, ref random);
                return [What, Colour];
            case RenderedKind.Word:
                SinglePictures.Word(canvas, What.ToUpperInvariant(), RenderedLabels.Words.First(w => w.English == What).Chinese, ref random);
                return [RenderedLabels.OfWord(What)];
            default:
                return ScenePictures.Draw(canvas, What, ref random);
        }
    }

    private static IEnumerable<RenderedSubject> Shapes() =>
        from shape in RenderedLabels.Shapes from colour in Hues.Names from _ in Enumerable.Range(0, 2) select new RenderedSubject(RenderedKind.Shape, shape, colour);

    private static IEnumerable<RenderedSubject> Digits() =>
        from digit in Enumerable.Range(0, 10) from turn in Enumerable.Range(0, 4) select new RenderedSubject(RenderedKind.Digit, $"{digit}", Hues.Names[((digit * 3) + (turn * 2)) % Hues.Names.Count]);

    private static IEnumerable<RenderedSubject> Scenes() =>
        from scene in s_scenes from _ in Enumerable.Range(0, scene.Count) select new RenderedSubject(RenderedKind.Scene, scene.Scene);

    private static IEnumerable<RenderedSubject> Words() =>
        from word in RenderedLabels.Words from _ in Enumerable.Range(0, 3) select new RenderedSubject(RenderedKind.Word, word.English);
}

/// <summary>Kinds of rendered pictures.</summary>
internal enum RenderedKind
{
    /// <summary>A coloured shape.</summary>
    Shape,

    /// <summary>A coloured digit.</summary>
    Digit,

    /// <summary>A landscape, or an animal close by.</summary>
    Scene,

    /// <summary>A written word.</summary>
    Word,
}
