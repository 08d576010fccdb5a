using System.Xml;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Ingest;

namespace Pictor.Library.Importing;

/// <summary>A sidecar that was read.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Size">Bytes; -1 where it could not be read and should be tried again.</param>
/// <param name="Modified">Ticks of UTC.</param>
/// <param name="Said">What it says; empty when there is a problem.</param>
/// <param name="Problem">Why it could not be read.</param>
internal sealed record Sidecar(string Path, long Size, long Modified, DescriptiveMetadata Said, string? Problem = null)
{
    private const string Remedy = "Write it anew with the program that made it, or delete it; the picture itself was taken in.";

    /// <summary>Never throws: a sidecar does not stop its picture.</summary>
    internal static Sidecar Read(FoundFile file)
    {
        if (file.Size > XmpDocument.LargestPacket)
            return Bad(file, $"This sidecar has {file.Size:N0} bytes; at most {XmpDocument.LargestPacket:N0} are read. {Remedy}");
        try
        {
            return new Sidecar(file.Path, file.Size, file.Modified, XmpReader.Read(File.ReadAllBytes(file.Path)));
        }
        catch (XmlException e)
        {
            return Bad(file, $"This sidecar is not valid XMP ({e.Message.TrimEnd('.')}). {Remedy}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Bad(file with { Size = -1 }, $"This sidecar could not be read ({e.Message.TrimEnd('.')}); it will be tried again next time.");
        }
    }

    private static Sidecar Bad(FoundFile file, string problem) => new(file.Path, file.Size, file.Modified, DescriptiveMetadata.None, TextKey.WellFormed(problem));
}
