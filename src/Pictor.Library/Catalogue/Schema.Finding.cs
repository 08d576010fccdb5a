namespace Pictor.Library.Catalogue;

internal static partial class Schema
{
    // The words of texts and captions (rowid: annotations.id), of file and folder names (files.id), and of the different tags (tag_values.id), cut into tokens by WordText. The tables keep
    // no text of their own. Triggers only note what has changed, whoever wrote it and wherever; WordIndex reads the notes before each commit, because SQL alone cannot cut Chinese.
    // fingerprints.data is written and read by FingerprintStore; duplicates are what the last search for them found, in the state that meta's 'duplicates' names.
    private const string Finding = """
        CREATE VIRTUAL TABLE text_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3');
        CREATE VIRTUAL TABLE file_words USING fts5 (name, folder, content = '', contentless_delete = 1, tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3');
        CREATE VIRTUAL TABLE tag_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3');
        CREATE TABLE tag_values (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        CREATE TABLE unread_words (kind INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
        INSERT INTO meta VALUES ('duplicates', 0);

        CREATE TRIGGER words_tag_added AFTER INSERT ON annotations WHEN NEW.kind IN ('tag', 'box') BEGIN
            INSERT INTO tag_values (key) SELECT NEW.value_key WHERE NOT EXISTS (SELECT 1 FROM tag_values WHERE key = NEW.value_key);
        END;
        CREATE TRIGGER words_tag_changed AFTER UPDATE OF value_key ON annotations WHEN NEW.kind IN ('tag', 'box') BEGIN
            INSERT INTO tag_values (key) SELECT NEW.value_key WHERE NOT EXISTS (SELECT 1 FROM tag_values WHERE key = NEW.value_key);
        END;
        CREATE TRIGGER words_tag_new AFTER INSERT ON tag_values BEGIN
            INSERT INTO unread_words SELECT 0, NEW.id WHERE NOT EXISTS (SELECT 1 FROM unread_words WHERE kind = 0 AND id = NEW.id);
        END;
        CREATE TRIGGER words_text_added AFTER INSERT ON annotations WHEN NEW.kind NOT IN ('tag', 'box') BEGIN
            INSERT INTO unread_words SELECT 1, NEW.id WHERE NOT EXISTS (SELECT 1 FROM unread_words WHERE kind = 1 AND id = NEW.id);
        END;
        CREATE TRIGGER words_text_changed AFTER UPDATE OF value, kind ON annotations WHEN NEW.kind NOT IN ('tag', 'box') OR OLD.kind NOT IN ('tag', 'box') BEGIN
            INSERT INTO unread_words SELECT 1, NEW.id WHERE NOT EXISTS (SELECT 1 FROM unread_words WHERE kind = 1 AND id = NEW.id);
        END;
        CREATE TRIGGER words_text_gone AFTER DELETE ON annotations WHEN OLD.kind NOT IN ('tag', 'box') BEGIN
            INSERT INTO unread_words SELECT 1, OLD.id WHERE NOT EXISTS (SELECT 1 FROM unread_words WHERE kind = 1 AND id = OLD.id);
        END;
        CREATE TRIGGER words_file_added AFTER INSERT ON files BEGIN
            INSERT INTO unread_words SELECT 2, NEW.id WHERE NOT EXISTS (SELECT 1 FROM unread_words WHERE kind = 2 AND id = NEW.id);
        END;
        CREATE TRIGGER words_file_changed AFTER UPDATE OF path, name ON files BEGIN
            INSERT INTO unread_words SELECT 2, NEW.id WHERE NOT EXISTS (SELECT 1 FROM unread_words WHERE kind = 2 AND id = NEW.id);
        END;
        CREATE TRIGGER words_file_gone AFTER DELETE ON files BEGIN
            INSERT INTO unread_words SELECT 2, OLD.id WHERE NOT EXISTS (SELECT 1 FROM unread_words WHERE kind = 2 AND id = OLD.id);
        END;

        CREATE TABLE fingerprints (picture INTEGER PRIMARY KEY REFERENCES pictures (row), data BLOB NOT NULL);
        CREATE TABLE duplicates (picture INTEGER NOT NULL REFERENCES pictures (row), tier INTEGER NOT NULL, member_of INTEGER NOT NULL, similarity REAL NOT NULL, PRIMARY KEY (picture, tier)) WITHOUT ROWID;
        CREATE INDEX duplicates_set ON duplicates (tier, member_of);
        CREATE INDEX pictures_size ON pictures (bytes);
        """;
}
