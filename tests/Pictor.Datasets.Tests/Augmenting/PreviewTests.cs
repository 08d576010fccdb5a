using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class PreviewTests
{
    [Fact]
    public async Task Draw_OfMixedPictures_AddsRowsOfPairs()
    {
        using var temp = new TempFolder();
        for (int i = 0; i < 4; i++)
            temp.Write($"{i % 2}/{i}.png", TempFolder.Png(i));
        using Dataset data = await temp.OpenAsync();
        Pixels plain = AugmentationPreview.Draw(data, Augmentation.None, rows: 3, columns: 4);
        Pixels mixed = AugmentationPreview.Draw(data, new Augmentation { Mixup = 1 }, rows: 3, columns: 4);

        // Three rows and two of pairs: tiles of 5 x 16 pixels and gaps of 4.
        Assert.Equal(4 + (3 * 84), plain.Height);
        Assert.Equal(4 + (5 * 84), mixed.Height);
        Assert.Equal(plain.Width, mixed.Width);

        // Without mixing every tile of a row equals the first; in a row of pairs the others differ.
        int Tile(Pixels sheet, int row, int column) => ((4 + (row * 84)) * sheet.Width * 3) + (3 * (4 + (column == 0 ? 0 : 96 + 14 + ((column - 1) * 100))));
        Assert.Equal(Line(plain, Tile(plain, 1, 0)), Line(plain, Tile(plain, 1, 2)));
        Assert.Equal(Line(plain, Tile(plain, 0, 0)), Line(mixed, Tile(mixed, 3, 0)));
        Assert.NotEqual(Line(mixed, Tile(mixed, 3, 0)), Line(mixed, Tile(mixed, 3, 2)));
    }

    private static byte[] Line(Pixels sheet, int at) => sheet.Data[at..(at + (96 * 3))];
}
