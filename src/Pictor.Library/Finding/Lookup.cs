using Microsoft.Data.Sqlite;
using Pictor.Library.Pictures;

namespace Pictor.Library.Finding;

/// <summary>What one question is answered from.</summary>
/// <param name="Connection">The catalogue.</param>
/// <param name="Columns">All pictures.</param>
internal readonly record struct Lookup(SqliteConnection Connection, PictureColumns Columns);
