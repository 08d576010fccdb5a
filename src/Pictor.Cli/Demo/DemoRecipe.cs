using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Training.Recipes;

namespace Pictor.Cli.Demo;

/// <summary>A recipe that ends within two minutes on two cores: the article's net for small grey pictures, a narrow residual net for the rest.</summary>
internal static class DemoRecipe
{
    /// <summary>Pictures that two cores train on in about a minute and a half, of the small net and of the residual net.</summary>
    private const int SmallNetPictures = 300_000, ResidualNetPictures = 60_000;

    public static async Task<Recipe> ForAsync(string path, CancellationToken cancellationToken)
    {
        using Dataset data = await Dataset.OpenAsync(path, cancellationToken: cancellationToken);
        Pixels first = data.Read(data.Samples[0]);
        bool small = first.Channels == 1 && Math.Max(first.Width, first.Height) <= 32;
        int affordable = (small ? SmallNetPictures : ResidualNetPictures) / Math.Max(1, data.Samples.Count);
        return (RecipeDefaults.For(small ? "mnist-cnn" : "resnet9-16") with
        {
            Size = small ? null : 32,
            Epochs = Math.Clamp(affordable, 1, 20),
        }).Resolve();
    }
}
