namespace Pictor.Cli.Terminal;

/// <summary>Writes a file that the user named.</summary>
internal static class OutputFile
{
    public static async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, bytes, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"the file cannot be written ({fault.Message})", "Choose another place with --out.", fault);
        }
    }
}
