namespace Pictor.Library.Catalogue;

internal static partial class Schema
{
    // picture_changes notes each picture whose row or class shares changed, so that what is kept of all pictures in memory (PictureTable, ClassShareTable) follows by reading a few rows again,
    // in the process that writes and in any other. The last note always stays: ids only grow.
    // facts_fact now holds all that a search asks for: it need not look into the table for each picture.
    private const string PictureChanges = """
        CREATE TABLE picture_changes (id INTEGER PRIMARY KEY, picture INTEGER NOT NULL);
        CREATE TRIGGER picture_added AFTER INSERT ON pictures BEGIN
            INSERT INTO picture_changes (picture) VALUES (NEW.row);
        END;
        CREATE TRIGGER picture_changed AFTER UPDATE ON pictures BEGIN
            INSERT INTO picture_changes (picture) VALUES (NEW.row);
        END;
        CREATE TRIGGER picture_removed AFTER DELETE ON pictures BEGIN
            INSERT INTO picture_changes (picture) VALUES (OLD.row);
        END;
        CREATE TRIGGER probabilities_added AFTER INSERT ON probabilities BEGIN
            INSERT INTO picture_changes (picture) VALUES (NEW.picture);
        END;
        CREATE TRIGGER probabilities_changed AFTER UPDATE ON probabilities BEGIN
            INSERT INTO picture_changes (picture) VALUES (NEW.picture);
        END;
        CREATE TRIGGER probabilities_removed AFTER DELETE ON probabilities BEGIN
            INSERT INTO picture_changes (picture) VALUES (OLD.picture);
        END;

        DROP INDEX facts_fact;
        CREATE INDEX facts_fact ON facts (fact, rejected, share);
        """;
}
