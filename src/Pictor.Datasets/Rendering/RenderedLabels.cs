namespace Pictor.Datasets.Rendering;

/// <summary>The tags of rendered pictures, with the words that they are looked for by. A tag that a search should find with all of its kind bears the kind's name as a synonym.</summary>
internal static class RenderedLabels
{
    /// <summary>Words that are written: the English one, the Chinese one.</summary>
    public static IReadOnlyList<(string English, string Chinese)> Words { get; } =
    [
        ("hello", "你好"), ("cat", "猫"), ("fish", "鱼"), ("sun", "日"), ("moon", "月"), ("mountain", "山"), ("water", "水"),
        ("fire", "火"), ("tree", "木"), ("person", "人"), ("big", "大"), ("small", "小"), ("mouth", "口"), ("field", "田"),
    ];

    public static IReadOnlyList<string> Shapes { get; } = ["circle", "square", "triangle", "star", "heart", "cross"];

    /// <summary>All of them, in the order that data sets give their classes.</summary>
    public static IReadOnlyList<Label> All { get; } =
    [
        .. new[]
        {
            Of("0", "zero", "零"), Of("1", "one", "一"), Of("2", "two", "二"), Of("3", "three", "三"), Of("4", "four", "四"),
            Of("5", "five", "五"), Of("6", "six", "六"), Of("7", "seven", "七"), Of("8", "eight", "八"), Of("9", "nine", "九"),
        }.Select(digit => digit with { Synonyms = ["digit", "数字"] }),
        .. new[]
        {
            Of("circle", "circle", "圆形", "圆", "圆圈"), Of("square", "square", "正方形", "方形", "方块"), Of("triangle", "triangle", "三角形", "三角"),
            Of("star", "star", "星形", "五角星"), Of("heart", "heart", "心形", "爱心"), Of("cross", "cross", "十字", "十字形"),
        }.Select(shape => shape with { Synonyms = [.. shape.Synonyms, "shape", "形状"] }),
        .. new[]
        {
            Of("red", "red", "红色", "红"), Of("orange", "orange", "橙色", "橙", "橘色"), Of("yellow", "yellow", "黄色", "黄"), Of("green", "green", "绿色", "绿"),
            Of("blue", "blue", "蓝色", "蓝"), Of("purple", "purple", "紫色", "紫", "violet"), Of("black", "black", "黑色", "黑"), Of("white", "white", "白色", "白"),
        },
        Of("house", "house", "房子", "房屋", "home"), Of("tree", "tree", "树", "树木"), Of("sun", "sun", "太阳"), Of("moon", "moon", "月亮"), Of("night", "night", "夜晚", "夜"),
        Of("mountain", "mountain", "山", "高山"), Of("boat", "boat", "船", "帆船", "ship"), Of("sea", "sea", "海", "海洋", "ocean"), Of("flower", "flower", "花", "花朵"),
        Of("car", "car", "汽车", "车"), Of("fish", "fish", "鱼"), Of("cat", "cat", "猫"),
        .. Words.Select(word => Of(OfWord(word.English), $"word {word.English}", $"“{word.Chinese}”字", $"{word.Chinese}字", "word", "text", "文字")),
    ];

    /// <summary>The tag of a written word.</summary>
    public static string OfWord(string english) => $"word-{english}";

    private static Label Of(string id, string name, string chinese, params string[] synonyms) => new(id, name, chinese) { Synonyms = synonyms };
}
