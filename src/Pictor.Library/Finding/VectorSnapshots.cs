using Pictor.Library.Deployment;
using Pictor.VectorSearch;

namespace Pictor.Library.Finding;

/// <summary>
/// Saved indexes under <c>index/</c>, so that opening a large library is quick. The name carries the token that the catalogue had: it is a random number that every change
/// of the vectors replaces, so a file belongs to exactly this state or is not looked at. The files may be deleted at any time.
/// </summary>
internal sealed class VectorSnapshots(string folder)
{
    internal const string FolderName = "index";

    /// <summary>Fewer vectors are read from the catalogue as fast.</summary>
    internal const int Fewest = 1000;

    internal FlatIndex? Load(DeployedModel model, long token)
    {
        string path = PathOf(model, token);
        if (!File.Exists(path))
            return null;
        try
        {
            FlatIndex index = FlatIndex.Load(path);
            if (index.Dimensions == model.EmbeddingLength)
                return index;
            index.Dispose();
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            // Damaged or just deleted: the catalogue has everything.
        }

        return null;
    }

    /// <returns>True when it was written now.</returns>
    internal bool Save(DeployedModel model, long token, FlatIndex index)
    {
        string path = PathOf(model, token);
        if (index.Count < Fewest || File.Exists(path))
            return false;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            index.Save(path);
            Delete(model, except: path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it only saves time
        }
    }

    internal void Delete(DeployedModel model, string? except = null)
    {
        string place = Path.Combine(folder, FolderName);
        if (!Directory.Exists(place))
            return;
        foreach (string old in Directory.EnumerateFiles(place, $"{model.Id}.*").Where(f => f != except))
            File.Delete(old);
    }

    private string PathOf(DeployedModel model, long token) => Path.Combine(folder, FolderName, $"{model.Id}.{token:x16}.vectors");
}
