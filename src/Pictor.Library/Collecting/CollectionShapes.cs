namespace Pictor.Library;

/// <summary>A collection: pictures chosen by hand, or whatever answers a saved query now.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Name">Unique, whatever its case.</param>
/// <param name="Query">The saved query; null for one made by hand.</param>
/// <param name="Pictures">How many there are; null for a saved query, which is asked when it is opened.</param>
/// <param name="Person">Who made it.</param>
/// <param name="Time">When.</param>
public sealed record CollectionItem(long Id, string Name, string? Query, int? Pictures, string Person, DateTimeOffset Time);

/// <summary>Pictures that belong together without anybody having said so.</summary>
/// <param name="Name">From its time and what sets it apart.</param>
/// <param name="Tags">What sets it apart from the rest of the library, the most telling first: tags, else concepts, else what files tell (colours, times of day).</param>
/// <param name="Pictures">How many.</param>
/// <param name="From">The first picture's time (EXIF, the camera's clock); null for groups by look.</param>
/// <param name="To">The last one's.</param>
/// <param name="Ids">Its pictures: in order of time, or the most typical first.</param>
public sealed record PictureGroup(string Name, IReadOnlyList<string> Tags, int Pictures, DateTime? From, DateTime? To, IReadOnlyList<string> Ids)
{
    /// <summary>Of an event: where it was, as one of its pictures tells from the middle of them; null where none tells.</summary>
    public GroupPlace? Place { get; init; }
}

/// <summary>A place in degrees, north and east positive.</summary>
public sealed record GroupPlace(double Latitude, double Longitude);

/// <summary>How pictures are grouped.</summary>
public enum GroupBy
{
    /// <summary>By gaps in time and steps of place.</summary>
    Event,

    /// <summary>By what the active model sees in them.</summary>
    Look,
}
