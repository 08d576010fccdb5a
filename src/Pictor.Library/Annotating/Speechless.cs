using Dapper;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;

namespace Pictor.Library.Annotating;

/// <summary>
/// Whether the active model has little to say of this library: it gave most of the pictures that it read no tag. People then should hear it from Pictor, not wonder. One count,
/// made again only when the catalogue's token says that something was read, hidden or missing since.
/// </summary>
internal sealed class Speechless(CatalogueFile catalogue)
{
    /// <summary>Of fewer pictures nothing can be said.</summary>
    internal const int Fewest = 20;

    private sealed record Answer(long Model, long Token, bool IsSilent);

    private Answer? _latest;

    internal bool IsSilent => catalogue.Read(connection =>
    {
        if (DeployedModel.Active(connection) is not { } model)
            return false;
        long token = connection.ExecuteScalar<long>("SELECT value FROM meta WHERE key = 'vectors'");
        if (_latest is not { } known || known.Model != model.Id || known.Token != token)
        {
            (long read, long tagged) = connection.QuerySingle<(long, long)>(
                """
                SELECT count(*), ifnull(sum(EXISTS (SELECT 1 FROM annotations a WHERE a.picture = p.row AND a.model = @Id AND a.kind IN ('tag', 'box'))), 0)
                FROM pictures p WHERE p.shown_model = @Id AND p.hidden = 0 AND p.missing = 0
                """,
                new { model.Id });
            _latest = known = new Answer(model.Id, token, read >= Fewest && 2 * tagged < read);
        }

        return known.IsSilent;
    });
}
