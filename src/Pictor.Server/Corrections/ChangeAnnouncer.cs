using Microsoft.AspNetCore.Http;
using Pictor.Library;
using Pictor.Server.Jobs;

namespace Pictor.Server.Corrections;

/// <summary>Tells listeners of changes: a line of the history as 'change', and the pictures one by one where they are few.</summary>
internal sealed class ChangeAnnouncer(PictureLibrary library, EventHub events)
{
    /// <summary>The change's id, beside answers that have a body of their own.</summary>
    public const string Header = "Pictor-Change";

    // Listeners remember 256 events; a change of thousands would push out all else.
    private const int OneByOne = 64;

    public void Announce(ChangeReceipt receipt, string what, IReadOnlyList<string> ids)
    {
        if (receipt.Undo is not { } id)
            return;
        if (library.Change(id) is { } item)
            events.Publish("change", item);
        if (ids.Count <= OneByOne)
        {
            foreach (string picture in ids)
                events.Publish("picture", new PictureChange(picture, what));
        }
    }

    public static void Name(HttpResponse response, ChangeReceipt receipt)
    {
        if (receipt.Undo is { } id)
            response.Headers[Header] = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
