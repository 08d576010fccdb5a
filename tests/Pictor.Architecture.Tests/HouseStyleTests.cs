using System.Text.RegularExpressions;

namespace Pictor.Architecture.Tests;

/// <summary>Habits that a reader relies on: short files, telling folders, nothing left for later.</summary>
public sealed partial class HouseStyleTests
{
    private const int LongestFile = 400;

    private static readonly string[] FoldersByKind = ["Helpers", "Utils", "Common", "Managers", "Interfaces"];

    [Fact]
    public void SourceFiles_InLength_StayReadable()
    {
        IEnumerable<string> sources = House.SourceFiles("src", "tests", "bench").Where(file => file.EndsWith(".cs", StringComparison.Ordinal));
        Assert.DoesNotContain(sources, file => File.ReadLines(file).Count() > LongestFile);
    }

    [Fact]
    public void Folders_ByName_TellAFeature() =>
        Assert.DoesNotContain(House.SourceFiles("src"), file => file.Split(Path.DirectorySeparatorChar).Intersect(FoldersByKind, StringComparer.OrdinalIgnoreCase).Any());

    [Fact]
    public void Sources_LeaveNothing_ForLater() =>
        Assert.DoesNotContain(House.SourceFiles("src"), file => file.EndsWith(".cs", StringComparison.Ordinal) && Unfinished().IsMatch(File.ReadAllText(file)));

    [Fact]
    public void Folders_OfEveryRoom_StandInTheStructurePage()
    {
        string page = File.ReadAllText(Path.Combine(House.Root, "docs", "code-structure.md"));
        foreach (string room in House.Projects.Keys)
        {
            string section = page.Split($"**{room}**\n").ElementAtOrDefault(1)?.Split("\n\n")[0] ?? "";
            IEnumerable<string> folders = Directory.EnumerateDirectories(Path.Combine(House.Root, "src", room)).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("obj" or "bin"));
            Assert.DoesNotContain(folders, folder => !section.Contains($"`{folder}`", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Globalisation_IsNever_Invariant()
    {
        Assert.DoesNotContain(House.SourceFiles("src", "eng").Where(f => f.EndsWith("proj", StringComparison.Ordinal) || f.EndsWith("props", StringComparison.Ordinal)),
            file => File.ReadAllText(file).Contains("InvariantGlobalization", StringComparison.Ordinal));
        Assert.Equal("ABC", "ＡＢＣ".Normalize(System.Text.NormalizationForm.FormKC));
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException|#region", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Unfinished();
}
