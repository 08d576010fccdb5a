namespace Pictor.Library.Catalogue;

internal static partial class Schema
{
    // metadata: what the camera wrote, and in said (JSON of DescriptiveMetadata) what people wrote into the file.
    // sidecars: one row for each picture that a sidecar speaks of; size and modified tell whether it is to be read again, said is what it says,
    // written (a JSON array) the keywords that Pictor itself put there and need not import.
    private const string Metadata = """
        CREATE TABLE metadata (
            picture INTEGER PRIMARY KEY REFERENCES pictures (row), camera TEXT, lens TEXT, latitude REAL, longitude REAL, altitude REAL, utc_offset INTEGER,
            exposure_time REAL, aperture REAL, iso INTEGER, focal_length REAL, said TEXT);
        CREATE INDEX metadata_place ON metadata (latitude, longitude) WHERE latitude IS NOT NULL;

        CREATE TABLE sidecars (
            path TEXT NOT NULL, picture INTEGER NOT NULL REFERENCES pictures (row), size INTEGER NOT NULL, modified INTEGER NOT NULL,
            problem TEXT, said TEXT, written TEXT, PRIMARY KEY (path, picture)) WITHOUT ROWID;
        CREATE INDEX sidecars_picture ON sidecars (picture);
        """;
}
