using System.Globalization;
using System.Text.Json;
using Pictor.Datasets.Assembling;
using Pictor.Datasets.Files;

namespace Pictor.Datasets.Coco;

/// <summary>Opens COCO instances: boxes, and for a picture the set of classes of its boxes. Several files declare the parts by their names or folders.</summary>
internal static class CocoOpener
{
    /// <summary>Where more JSON files lie about, each is about one picture, and only names that speak of annotations are looked into.</summary>
    private const int MostUnnamed = 16;

    private const string Remedy = "Correct the annotations; their form is described at cocodataset.org under 'Data format'.";

    /// <summary>The annotation files of a set; those called "instances" count before others. Empty when there are none.</summary>
    /// <exception cref="InputException">Several, and nothing says which; or one that is called so is damaged.</exception>
    public static IReadOnlyList<(int File, CocoFile Content)> Find(IFileSet files)
    {
        int[] named = [.. Enumerable.Range(0, files.Files.Count).Where(i => files.Files[i].Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).OrderBy(i => files.Files[i].Path, StringComparer.Ordinal)];
        int[] instances = [.. named.Where(i => Name(files, i).Contains("instances", StringComparison.OrdinalIgnoreCase))];
        var found = new List<(int File, CocoFile Content)>();
        int[] candidates = instances.Length > 0 ? instances : named.Length <= MostUnnamed ? named
            : [.. named.Where(i => Name(files, i).Contains("coco", StringComparison.OrdinalIgnoreCase) || Name(files, i).Contains("annotations", StringComparison.OrdinalIgnoreCase))];
        foreach (int file in candidates)
        {
            bool meant = instances.Length > 0 || Name(files, file).Contains("coco", StringComparison.OrdinalIgnoreCase);
            if (Parse(files, file, meant) is { IsInstances: true } content)
                found.Add((file, content));
        }

        Split?[] parts = [.. found.Select(f => SplitWords.InPath(files.Files[f.File].Path))];
        return found.Count <= 1 || (parts.All(p => p is not null) && parts.Distinct().Count() == parts.Length)
            ? found
            : throw new InputException(files.NameOf(found[1].File), $"There is a second file of annotations beside {files.NameOf(found[0].File)}", "Name one of them, or call them instances_train.json, instances_val.json and instances_test.json.");
    }

    /// <summary>Opens one annotation file on disk; its pictures lie in its folder or, where that is called annotations, beside it.</summary>
    public static Dataset OpenFile(string path, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        string full = System.IO.Path.GetFullPath(path), folder = System.IO.Path.GetDirectoryName(full)!;
        if (System.IO.Path.GetFileName(folder).Equals("annotations", StringComparison.OrdinalIgnoreCase) && System.IO.Path.GetDirectoryName(folder) is { } above)
            folder = above;
        var files = new FolderFiles(folder, cancellationToken);
        int file = Enumerable.Range(0, files.Files.Count).FirstOrDefault(i => string.Equals(files.NameOf(i), full, StringComparison.Ordinal), -1);
        if (file < 0)
            throw new InputException(path, "It is hidden, or reached by a link", "Name it by its own path.");
        return Parse(files, file, meant: true) is { IsInstances: true } content
            ? Open(path, files, [(file, content)], progress, cancellationToken)
            : throw new InputException(path, "This JSON file has no \"images\", \"annotations\" and \"categories\", so it is no COCO data set", DatasetOpener.Understood);
    }

    public static Dataset Open(string path, IFileSet files, IReadOnlyList<(int File, CocoFile Content)> sources, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var index = new PathIndex(files);
        var drafts = new List<Draft>();
        var skipped = new List<SkippedFile>(files.Skipped);
        var announced = new List<string>();
        var seen = new HashSet<int>();
        foreach ((int file, CocoFile content) in sources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string json = files.Files[file].Path, folder = json[..(json.LastIndexOf('/') + 1)], above = folder.Length == 0 ? "" : folder[..(folder[..^1].LastIndexOf('/') + 1)];
            Split? split = SplitWords.InPath(json);
            string year = System.IO.Path.GetFileNameWithoutExtension(json).Split('_')[^1];
            string[] places = [folder, above + "images/", $"{above}images/{year}/", $"{above}{year}/", above, folder + "images/", ""];
            Dictionary<long, string> categories = Categories(files.NameOf(file), content);
            announced.AddRange(categories.Values);
            ILookup<long, CocoAnnotation> byImage = content.Annotations!.ToLookup(a => a.ImageId!.Value);
            foreach (CocoImage image in content.Images!)
            {
                int place = index.Find(image.FileName!, places);
                if (place < 0)
                    skipped.Add(new SkippedFile(image.FileName!, $"It is named by {System.IO.Path.GetFileName(json)} and is not there."));
                else if (!seen.Add(place))
                    skipped.Add(new SkippedFile(image.FileName!, $"{System.IO.Path.GetFileName(json)} names it a second time."));
                else
                    drafts.Add(DraftOf(place, image, byImage[image.Id!.Value], categories) with { Declared = split });
            }
        }

        string first = files.Files[sources[0].File].Path;
        LabelTable names = LabelTable.In(files, first[..(first.LastIndexOf('/') + 1)]);
        return Assembler.Assemble(
            new Assembly(path, "coco", DatasetTask.MultiLabel, files, drafts, names) { BoxUnit = BoxUnit.StoredPixels, Announced = [.. announced.Distinct(StringComparer.Ordinal)], Skipped = skipped },
            progress, cancellationToken);
    }

    private static Draft DraftOf(int file, CocoImage image, IEnumerable<CocoAnnotation> annotations, Dictionary<long, string> categories)
    {
        var classes = new HashSet<string>(StringComparer.Ordinal);
        var boxes = new List<DraftBox>();
        foreach (CocoAnnotation annotation in annotations)
        {
            string category = categories[annotation.CategoryId!.Value];
            classes.Add(category);
            if (annotation.Bbox is [var x, var y, var width, var height])
                boxes.Add(new DraftBox(category, x, y, width, height));
        }

        return new Draft(file) { Classes = [.. classes], Boxes = boxes, Size = image is { Width: > 0 and var w, Height: > 0 and var h } ? (w, h) : null };
    }

    /// <summary>Names of the classes by number, after everything in the file was checked.</summary>
    private static Dictionary<long, string> Categories(string name, CocoFile content)
    {
        var faults = new LineFaults(name, "entry");
        var categories = new Dictionary<long, string>();
        for (int i = 0; i < content.Categories!.Count; i++)
        {
            CocoCategory? category = content.Categories[i];
            if (category?.Id is not { } id || string.IsNullOrWhiteSpace(category.Name))
                faults.Add(At("categories", i), "\"id\" or \"name\" is missing");
            else if (!categories.TryAdd(id, category.Name.Trim()))
                faults.Add(At("categories", i), $"id {id} was given before");
        }

        var images = new HashSet<long>();
        for (int i = 0; i < content.Images!.Count; i++)
        {
            CocoImage? image = content.Images[i];
            if (image?.Id is not { } id || string.IsNullOrEmpty(image.FileName))
                faults.Add(At("images", i), "\"id\" or \"file_name\" is missing");
            else if (!images.Add(id))
                faults.Add(At("images", i), $"id {id} was given before");
        }

        for (int i = 0; i < content.Annotations!.Count; i++)
        {
            CocoAnnotation? annotation = content.Annotations[i];
            if (annotation?.ImageId is not { } image || !images.Contains(image))
                faults.Add(At("annotations", i), $"\"image_id\" {annotation?.ImageId?.ToString(CultureInfo.InvariantCulture) ?? "is missing"}{(annotation?.ImageId is null ? "" : " is none of its images")}");
            else if (annotation.CategoryId is not { } category || !categories.ContainsKey(category))
                faults.Add(At("annotations", i), $"\"category_id\" {annotation.CategoryId?.ToString(CultureInfo.InvariantCulture) ?? "is missing"}{(annotation.CategoryId is null ? "" : " is none of its categories")}");
            else if (annotation.Bbox is { Count: not 0 and not 4 })
                faults.Add(At("annotations", i), "\"bbox\" is not x, y, width and height");
        }

        faults.ThrowIfAny(Remedy);
        return categories;
    }

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    private static string Name(IFileSet files, int file) => files.Files[file].Path[(files.Files[file].Path.LastIndexOf('/') + 1)..];

    private static CocoFile? Parse(IFileSet files, int file, bool meant)
    {
        try
        {
            return CocoFile.Parse(files.Read(file).Span);
        }
        catch (JsonException e) when (meant)
        {
            throw new InputException(files.NameOf(file), $"It is no COCO file as JSON ({e.Message})", Remedy, e);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InputException) when (!meant)
        {
            return null;
        }
    }
}
