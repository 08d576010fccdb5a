using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Pictures;

namespace Pictor.Library.Finding;

/// <summary>What one question is answered from.</summary>
/// <param name="Connection">The catalogue.</param>
/// <param name="Statements">The same, for what reads many rows.</param>
/// <param name="Columns">All pictures.</param>
internal readonly record struct Lookup(SqliteConnection Connection, PreparedStatements Statements, PictureColumns Columns);
