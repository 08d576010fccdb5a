using Microsoft.Extensions.Logging;
using Pictor.Library;
using Pictor.Server.Annotate;

namespace Pictor.Server.Health;

/// <summary>Whether no one's first question is slow any more: the library is warm, and so are the means to annotate and to compare.</summary>
internal sealed class Readiness(PictureLibrary library, PictureAnnotator annotator, ILogger<Readiness> logger)
{
    private volatile bool _ready;

    public bool IsReady => _ready;

    /// <param name="warming">Of the library.</param>
    /// <param name="cancellationToken">The server ends.</param>
    public async Task WarmAsync(Task warming, CancellationToken cancellationToken)
    {
        try
        {
            await warming;
            await annotator.WarmAsync(cancellationToken);
            if (library.Models.List().Any(model => model.Active) && library.List(1).Items is [var any])
                library.Similar(any.Id, 1);
        }
        catch (OperationCanceledException)
        {
            return;
        }
#pragma warning disable CA1031 // a model that fails must not take browsing down with it: each question will tell its own error
        catch (Exception e)
        {
            logger.LogWarning(e, "Warming up failed");
        }
#pragma warning restore CA1031

        _ready = true;
    }
}
