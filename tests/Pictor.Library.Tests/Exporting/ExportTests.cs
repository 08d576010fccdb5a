using Pictor.Datasets;

namespace Pictor.Library.Tests.Exporting;

public sealed class ExportTests
{
    [Theory]
    [InlineData(DatasetFormat.Csv)]
    [InlineData(DatasetFormat.Coco)]
    [InlineData(DatasetFormat.Voc)]
    [InlineData(DatasetFormat.Yolo)]
    [InlineData(DatasetFormat.Folder)]
    public async Task Export_AnyFormat_ReadsBackAsWhatPeopleSaid(DatasetFormat format)
    {
        using var place = new Place();
        string[] ids = [.. place.MakePictures(9).Select(Place.IdOf)];
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        await library.ChangeAsync(new PictureSelection { Ids = ids[..4] }, new BulkChange { Add = ["dog"] }, "ann");
        await library.ChangeAsync(new PictureSelection { Ids = ids[4..8] }, new BulkChange { Add = ["cat"] }, "ann");
        foreach (string id in ids[..8])
            await library.AnnotateAsync(id, AnnotationKind.Box, Array.IndexOf(ids, id) < 4 ? "dog" : "cat", new BoundingBox(0.25, 0.25, 0.5, 0.5), "ann");

        using (Dataset data = await library.ToDatasetAsync())
            await DatasetConverter.ConvertAsync(data, place["out"], format, cancellationToken: TestContext.Current.CancellationToken);

        using Dataset read = await Dataset.OpenAsync(place["out"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["cat", "dog"], read.Labels.Select(l => l.Name).Order(StringComparer.Ordinal));
        Assert.Equal(8, read.Samples.Count);
        string[] dogs = [.. read.Samples.Where(s => s.Classes.Any(c => read.Labels[c].Name == "dog")).Select(s => s.Sha256[..16]).Order(StringComparer.Ordinal)];
        Assert.Equal(ids[..4].Order(StringComparer.Ordinal), dogs);
        if (format is DatasetFormat.Coco or DatasetFormat.Voc or DatasetFormat.Yolo)
            Assert.All(read.Samples, s => Assert.Single(s.Boxes));
    }

    [Fact]
    public async Task Export_Rejections_AreExamplesOfNone()
    {
        using var place = new Place();
        string[] ids = [.. place.MakePictures(8).Select(Place.IdOf)];
        await using PictureLibrary library = await place.OpenAsync();
        await library.IndexAsync([place.Pictures]);
        await library.ChangeAsync(new PictureSelection { Ids = ids[..3] }, new BulkChange { Add = ["dog"] }, "ann");
        Assert.Equal("export.empty", (await Assert.ThrowsAsync<InputException>(() => library.ToDatasetAsync(new LibraryExport { Tags = ["cat"] }))).Code);
        using (Dataset only = await library.ToDatasetAsync())
            Assert.Equal(["dog"], only.Labels.Select(l => l.Name));

        await library.ChangeAsync(new PictureSelection { Ids = ids[5..] }, new BulkChange { Reject = ["dog"] }, "ann");
        using (Dataset two = await library.ToDatasetAsync())
        {
            Assert.Equal((DatasetTask.SingleLabel, 6), (two.Task, two.Samples.Count));
            Assert.Equal(["dog", "not dog"], two.Labels.Select(l => l.Name));
            Assert.Equal(3, two.Samples.Count(s => s.Class == 1));
        }

        await library.ChangeAsync(new PictureSelection { Ids = ids[2..4] }, new BulkChange { Add = ["beach"] }, "ann");
        using Dataset many = await library.ToDatasetAsync();
        Assert.Equal((DatasetTask.MultiLabel, 7), (many.Task, many.Samples.Count));
        Assert.Equal(3, many.Samples.Count(s => s.Classes.Count == 0));
        Assert.Equal(2, many.Samples.Max(s => s.Classes.Count));
        Assert.All(many.Samples.Where(s => s.Classes.Count == 0), s => Assert.Equal("dog", s.Columns["rejected"]));
    }
}
