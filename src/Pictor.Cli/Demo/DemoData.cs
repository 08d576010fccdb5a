using Pictor.Datasets;

namespace Pictor.Cli.Demo;

/// <summary>Which pictures the demo runs on: a named folder, else Fashion-MNIST where Debian's package put it, else pictures that Pictor draws.</summary>
/// <param name="Path">The data set.</param>
/// <param name="Introduction">What it is, to say aloud.</param>
internal sealed record DemoData(string Path, string Introduction)
{
    /// <summary>Where Debian's package dataset-fashion-mnist puts its files.</summary>
    private const string FashionMnist = "/usr/share/datasets/fashion-mnist";

    private const int DrawnPerClass = 300;

    public static async Task<DemoData> ChooseAsync(string? named, bool drawnWanted, string workFolder, CancellationToken cancellationToken)
    {
        if (named is not null) return new DemoData(System.IO.Path.GetFullPath(named), $"The demo runs on {named}.");
        if (!drawnWanted && File.Exists(System.IO.Path.Combine(FashionMnist, "train-images-idx3-ubyte.gz")))
            return new DemoData(FashionMnist, "The demo runs on Fashion-MNIST: 70,000 grey pictures of clothes, 28 x 28, from Debian's package dataset-fashion-mnist.");

        string drawn = System.IO.Path.Combine(workFolder, "drawn");
        if (!Directory.Exists(drawn)) await Task.Run(() => DrawnPictures.WriteFolder(drawn, DrawnPerClass, seed: 1, cancellationToken), cancellationToken);
        return new DemoData(
            drawn,
            "The demo runs on digits and shapes that Pictor has drawn itself: a toy, good for seeing the path, not for judging it.\n"
            + "Your own: 'pictor demo --train FOLDER', with one folder of pictures for each class in it.");
    }
}
