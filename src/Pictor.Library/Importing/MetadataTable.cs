using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;

namespace Pictor.Library.Importing;

/// <summary>The SQL of the table metadata: what the camera wrote, and what people wrote into the file itself.</summary>
internal static class MetadataTable
{
    internal static void Replace(SqliteConnection connection, long picture, PictureHeader header, DescriptiveMetadata? said, bool isNew = false)
    {
        bool silent = header is { Camera: null, Lens: null, Place: null, UtcOffset: null, Exposure: null } && (said is null || said.IsEmpty);
        if (silent && !isNew)
            connection.Execute("DELETE FROM metadata WHERE picture = @picture", new { picture });
        if (!silent)
            Put(connection, picture, header, said);
    }

    private static void Put(SqliteConnection connection, long picture, PictureHeader header, DescriptiveMetadata? said) => connection.Execute(
        """
        INSERT OR REPLACE INTO metadata (picture, camera, lens, latitude, longitude, altitude, utc_offset, exposure_time, aperture, iso, focal_length, said)
        VALUES (@picture, @Camera, @Lens, @Latitude, @Longitude, @Altitude, @offset, @Seconds, @Aperture, @Iso, @FocalLength, @said)
        """,
        new
        {
            picture,
            header.Camera,
            header.Lens,
            header.Place?.Latitude,
            header.Place?.Longitude,
            header.Place?.Altitude,
            offset = (int?)header.UtcOffset?.TotalMinutes,
            header.Exposure?.Seconds,
            header.Exposure?.Aperture,
            header.Exposure?.Iso,
            header.Exposure?.FocalLength,
            said = Write(said),
        });

    internal static PictureMetadata? Of(SqliteConnection connection, long picture)
    {
        Row? row = connection.QueryFirstOrDefault<Row>(
            """
            SELECT camera, lens, latitude, longitude, altitude, utc_offset AS UtcOffset, exposure_time AS ExposureTime, aperture, iso, focal_length AS FocalLength
            FROM metadata WHERE picture = @picture
            """,
            new { picture });
        if (row is null)
            return null;
        var item = new PictureMetadata(row.Camera, row.Lens, row.Latitude, row.Longitude, row.Altitude, row.UtcOffset, row.ExposureTime, row.Aperture, row.Iso, row.FocalLength);
        return item == new PictureMetadata(null, null, null, null, null, null, null, null, null, null) ? null : item;
    }

    /// <summary>What people wrote into the file.</summary>
    internal static DescriptiveMetadata SaidIn(SqliteConnection connection, long picture) =>
        Read(connection.ExecuteScalar<string?>("SELECT said FROM metadata WHERE picture = @picture", new { picture }));

    internal static string? Write(DescriptiveMetadata? said) => said is null or { IsEmpty: true } ? null : JsonSerializer.Serialize(said, PictorJson.Compact);

    internal static DescriptiveMetadata Read(string? json) =>
        json is null ? DescriptiveMetadata.None : JsonSerializer.Deserialize<DescriptiveMetadata>(json, PictorJson.Compact) ?? DescriptiveMetadata.None;

    // Integers come as 64 bits, and a null column without a type: properties take both.
    private sealed class Row
    {
        public string? Camera { get; set; }
        public string? Lens { get; set; }
        public double? Latitude { get; set; }
        public double? Longitude { get; set; }
        public double? Altitude { get; set; }
        public int? UtcOffset { get; set; }
        public double? ExposureTime { get; set; }
        public double? Aperture { get; set; }
        public int? Iso { get; set; }
        public double? FocalLength { get; set; }
    }
}
