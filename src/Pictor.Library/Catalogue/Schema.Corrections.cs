namespace Pictor.Library.Catalogue;

internal static partial class Schema
{
    // changes: who changed what, and when. change_rows: each row that a change touched, as it was before and, in short, after; written by triggers while meta.change names the
    // open change, so that no statement can forget it and whatever models write is left out. ChangeUndo reads both back.
    // tag_aliases: tags that people renamed, for models and imports that go on saying the old word.
    // The history of older catalogues is taken over; it tells who did what, and cannot be undone.
    private const string Corrections = """
        CREATE TABLE changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, person TEXT NOT NULL, action TEXT NOT NULL, picture INTEGER REFERENCES pictures (row),
            pictures INTEGER NOT NULL DEFAULT 0, detail TEXT NOT NULL, undoes INTEGER REFERENCES changes (id), undone_by INTEGER REFERENCES changes (id));
        INSERT INTO changes (time, person, action, picture, pictures, detail) SELECT time, person, action, picture, 1, detail FROM history ORDER BY id;

        CREATE TABLE change_rows (
            id INTEGER PRIMARY KEY, change INTEGER NOT NULL REFERENCES changes (id), subject TEXT NOT NULL, row INTEGER NOT NULL, picture INTEGER, before TEXT, after TEXT);
        CREATE INDEX change_rows_change ON change_rows (change);
        CREATE INDEX change_rows_row ON change_rows (subject, row);
        INSERT INTO meta VALUES ('change', 0);

        CREATE TABLE tag_aliases (id INTEGER PRIMARY KEY, from_key TEXT NOT NULL UNIQUE, value TEXT NOT NULL, value_key TEXT NOT NULL);

        CREATE TABLE collections (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, query TEXT, person TEXT NOT NULL, time INTEGER NOT NULL);
        CREATE TABLE collection_pictures (
            id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, picture INTEGER NOT NULL REFERENCES pictures (row), UNIQUE (collection, picture));
        CREATE INDEX collection_pictures_picture ON collection_pictures (picture);

        CREATE TRIGGER annotations_added AFTER INSERT ON annotations WHEN (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, picture, before, after) SELECT value, 'annotation', new.id, new.picture, NULL,
                json_array(new.value, new.value_key, new.label_id, new.rejected) FROM meta WHERE key = 'change';
        END;
        CREATE TRIGGER annotations_changed AFTER UPDATE OF value, value_key, label_id, rejected ON annotations
            WHEN (SELECT value FROM meta WHERE key = 'change') > 0 AND (old.value, old.value_key, old.label_id, old.rejected) IS NOT (new.value, new.value_key, new.label_id, new.rejected) BEGIN
            INSERT INTO change_rows (change, subject, row, picture, before, after) SELECT value, 'annotation', old.id, old.picture,
                json_array(old.value, old.value_key, old.label_id, old.rejected, old.kind, printf('%!.17g', old.confidence), old.source, old.rank, old.model, old.time,
                    iif(old.x IS NULL, NULL, printf('%!.17g', old.x)), printf('%!.17g', old.y), printf('%!.17g', old.width), printf('%!.17g', old.height)),
                json_array(new.value, new.value_key, new.label_id, new.rejected) FROM meta WHERE key = 'change';
        END;
        CREATE TRIGGER annotations_removed AFTER DELETE ON annotations WHEN (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, picture, before, after) SELECT value, 'annotation', old.id, old.picture,
                json_array(old.value, old.value_key, old.label_id, old.rejected, old.kind, printf('%!.17g', old.confidence), old.source, old.rank, old.model, old.time,
                    iif(old.x IS NULL, NULL, printf('%!.17g', old.x)), printf('%!.17g', old.y), printf('%!.17g', old.width), printf('%!.17g', old.height)),
                NULL FROM meta WHERE key = 'change';
        END;

        CREATE TRIGGER pictures_rated AFTER UPDATE OF rating ON pictures WHEN old.rating <> new.rating AND (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, picture, before, after) SELECT value, 'rating', old.row, old.row, json_array(old.rating), json_array(new.rating) FROM meta WHERE key = 'change';
        END;
        CREATE TRIGGER pictures_favoured AFTER UPDATE OF favourite ON pictures WHEN old.favourite <> new.favourite AND (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, picture, before, after) SELECT value, 'favourite', old.row, old.row, json_array(old.favourite), json_array(new.favourite) FROM meta WHERE key = 'change';
        END;
        CREATE TRIGGER pictures_hidden AFTER UPDATE OF hidden ON pictures WHEN old.hidden <> new.hidden AND (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, picture, before, after) SELECT value, 'hidden', old.row, old.row, json_array(old.hidden), json_array(new.hidden) FROM meta WHERE key = 'change';
        END;
        CREATE TRIGGER facts_rejected AFTER UPDATE OF rejected ON facts WHEN old.rejected <> new.rejected AND (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, picture, before, after) SELECT value, 'fact', old.picture, old.picture,
                json_array(old.fact, old.rejected), json_array(old.fact, new.rejected) FROM meta WHERE key = 'change';
        END;

        CREATE TRIGGER tag_aliases_added AFTER INSERT ON tag_aliases WHEN (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, before, after) SELECT m.value, 'alias', new.id, NULL, json_array(new.from_key, new.value, new.value_key) FROM meta m WHERE key = 'change';
        END;
        CREATE TRIGGER tag_aliases_changed AFTER UPDATE ON tag_aliases WHEN (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, before, after) SELECT m.value, 'alias', old.id,
                json_array(old.from_key, old.value, old.value_key), json_array(new.from_key, new.value, new.value_key) FROM meta m WHERE key = 'change';
        END;
        CREATE TRIGGER tag_aliases_removed AFTER DELETE ON tag_aliases WHEN (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, before, after) SELECT m.value, 'alias', old.id, json_array(old.from_key, old.value, old.value_key), NULL FROM meta m WHERE key = 'change';
        END;

        CREATE TRIGGER collections_added AFTER INSERT ON collections WHEN (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, before, after) SELECT m.value, 'collection', new.id, NULL,
                json_array(new.name, new.name_key, new.query, new.person, new.time) FROM meta m WHERE key = 'change';
        END;
        CREATE TRIGGER collections_changed AFTER UPDATE ON collections WHEN (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, before, after) SELECT m.value, 'collection', old.id,
                json_array(old.name, old.name_key, old.query, old.person, old.time), json_array(new.name, new.name_key, new.query, new.person, new.time) FROM meta m WHERE key = 'change';
        END;
        CREATE TRIGGER collections_removed AFTER DELETE ON collections WHEN (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, before, after) SELECT m.value, 'collection', old.id,
                json_array(old.name, old.name_key, old.query, old.person, old.time), NULL FROM meta m WHERE key = 'change';
        END;
        CREATE TRIGGER collection_pictures_added AFTER INSERT ON collection_pictures WHEN (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, picture, before, after) SELECT value, 'member', new.id, new.picture, NULL, json_array(new.collection, new.picture) FROM meta WHERE key = 'change';
        END;
        CREATE TRIGGER collection_pictures_removed AFTER DELETE ON collection_pictures WHEN (SELECT value FROM meta WHERE key = 'change') > 0 BEGIN
            INSERT INTO change_rows (change, subject, row, picture, before, after) SELECT value, 'member', old.id, old.picture, json_array(old.collection, old.picture), NULL FROM meta WHERE key = 'change';
        END;
        """;
}
