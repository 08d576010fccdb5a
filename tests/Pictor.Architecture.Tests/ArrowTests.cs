using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Pictor.Architecture.Tests;

/// <summary>Rooms and arrows: who may use whom. The words (project Pictor) are everybody's.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Table = new(StringComparer.Ordinal)
    {
        ["Pictor"] = [],
        ["Pictor.Imaging"] = [],
        ["Pictor.Metrics"] = [],
        ["Pictor.VectorSearch"] = [],
        ["Pictor.Recommendation"] = [],
        ["Pictor.Models"] = ["Pictor.Imaging"],
        ["Pictor.Datasets"] = ["Pictor.Imaging"],
        ["Pictor.Library"] = ["Pictor.Models", "Pictor.Imaging", "Pictor.Datasets", "Pictor.VectorSearch", "Pictor.Recommendation"],
        ["Pictor.Training"] = ["Pictor.Datasets", "Pictor.Models", "Pictor.Metrics"],
        ["Pictor.Server"] = ["Pictor.Library", "Pictor.Training"],
        ["Pictor.Cli"] = ["Pictor.Server", "Pictor.Training", "Pictor.Library"],
        ["Pictor.Trainer"] = ["Pictor.Training"],
    };

    public static TheoryData<string> Rooms => [.. Table.Keys];

    [Fact]
    public void Rooms_InTheSource_AreThoseOfTheTable() => Assert.Equal(Table.Keys.Order(StringComparer.Ordinal), House.Projects.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_Uses_OnlyWhatTheTableAllows(string room)
    {
        IEnumerable<string> words = room == "Pictor" ? [] : ["Pictor"];
        Assert.Equal(Table[room].Concat(words).Order(StringComparer.Ordinal), House.RoomsUsedBy(room).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Torch_IsKnown_ToTheTrainerAlone()
    {
        string[] rooms = [.. House.Projects.Keys.Where(room => House.PackagesOf(room).Any(p => p.Contains("torch", StringComparison.OrdinalIgnoreCase)))];
        Assert.Equal(["Pictor.Trainer"], rooms);
        Assert.DoesNotContain(House.Projects.Keys, room => House.RoomsUsedBy(room).Contains("Pictor.Trainer"));
    }

    [Fact]
    public void CommandLine_AsBuilt_CarriesNoTorch()
    {
        string dependencies = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pictor.Architecture.Tests.deps.json"));
        Assert.Contains("Pictor.Cli", dependencies, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", dependencies, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A compiled room refers to no room that its row, followed down the table, does not reach.</summary>
    [Fact]
    public void Assemblies_AsBuilt_ReferOnlyDownwards()
    {
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "Pictor*.dll"))
        {
            string room = Path.GetFileNameWithoutExtension(file);
            if (!Table.ContainsKey(room)) continue;
            using var image = new PEReader(File.OpenRead(file));
            MetadataReader metadata = image.GetMetadataReader();
            IEnumerable<string> used = metadata.AssemblyReferences
                .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
                .Where(name => Table.ContainsKey(name) && name != "Pictor");
            Assert.Subset(Below(room), used.ToHashSet(StringComparer.Ordinal));
        }
    }

    private static HashSet<string> Below(string room)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        void Visit(string from)
        {
            foreach (string to in Table[from])
            {
                if (reached.Add(to)) Visit(to);
            }
        }

        Visit(room);
        return reached;
    }
}
