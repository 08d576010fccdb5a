using System.Collections.Frozen;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Finding.Asking;

/// <summary>What a filter can ask about. Their names in both languages stand in <see cref="FilterKeys"/>.</summary>
internal enum FilterKey
{
    Tag,
    Text,
    Name,
    Folder,
    Date,
    Added,
    Camera,
    Size,
    Width,
    Height,
    Format,
    Colour,
    Confidence,
    Rating,
    Favourite,
    Is,
    Near,
    By,
    Like,
}

/// <summary>The words before the colon.</summary>
internal static class FilterKeys
{
    private static readonly (FilterKey Key, string[] Names)[] s_names =
    [
        (FilterKey.Tag, ["tag", "label", "标签"]),
        (FilterKey.Text, ["text", "caption", "文字", "说明"]),
        (FilterKey.Name, ["name", "file", "文件名", "文件"]),
        (FilterKey.Folder, ["folder", "path", "文件夹", "目录"]),
        (FilterKey.Date, ["date", "taken", "日期", "拍摄"]),
        (FilterKey.Added, ["added", "添加"]),
        (FilterKey.Camera, ["camera", "相机"]),
        (FilterKey.Size, ["size", "大小", "尺寸"]),
        (FilterKey.Width, ["width", "宽"]),
        (FilterKey.Height, ["height", "高"]),
        (FilterKey.Format, ["format", "type", "格式"]),
        (FilterKey.Colour, ["colour", "color", "颜色"]),
        (FilterKey.Confidence, ["confidence", "置信度"]),
        (FilterKey.Rating, ["rating", "stars", "评分", "星级"]),
        (FilterKey.Favourite, ["favourite", "favorite", "收藏"]),
        (FilterKey.Is, ["is", "是"]),
        (FilterKey.Near, ["near", "place", "附近", "地点"]),
        (FilterKey.By, ["by", "来源"]),
        (FilterKey.Like, ["like", "picture", "图片", "像"]),
    ];

    private static readonly FrozenDictionary<string, FilterKey> s_keys =
        s_names.SelectMany(k => k.Names.Select(n => (Name: TextKey.Of(n), k.Key))).ToFrozenDictionary(k => k.Name, k => k.Key, StringComparer.Ordinal);

    /// <summary>All names, folded.</summary>
    internal static IEnumerable<string> Names => s_names.SelectMany(k => k.Names);

    /// <summary>The names that are shown to people: the first of each.</summary>
    internal static IEnumerable<string> Shown => s_names.Select(k => k.Names[0]);

    internal static FilterKey? Find(string name) => s_keys.TryGetValue(TextKey.Of(name), out FilterKey key) ? key : null;

    internal static string NameOf(FilterKey key) => Array.Find(s_names, k => k.Key == key).Names[0];
}
