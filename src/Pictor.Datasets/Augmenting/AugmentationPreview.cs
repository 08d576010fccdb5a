using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>A sheet that shows what an augmentation does: one row a picture, the original first.</summary>
public static class AugmentationPreview
{
    /// <summary>Draws the sheet as pixels.</summary>
    public static Pixels Draw(Dataset data, Augmentation augmentation, int rows = 8, int columns = 9, int seed = 1) => throw new NotImplementedException();
}
