using Pictor.Library;
using Pictor.Server.Jobs;

namespace Pictor.Server.Models;

/// <summary>What follows when a model was deployed or switched: listeners hear of it, and the active one reads in the background what it has not read yet.</summary>
internal sealed class ModelSwitch(PictureLibrary library, JobQueue jobs, EventHub events)
{
    public async Task AnnounceAsync(ModelItem item)
    {
        events.Publish("model", item);
        if (item.Active && library.Summarize().Pictures > 0)
            await new JobRecipe("annotate") { Promised = true }.QueueAsync(jobs, library, this);
    }
}
