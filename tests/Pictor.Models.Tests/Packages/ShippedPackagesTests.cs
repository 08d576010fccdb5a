using Pictor.Models.Packages;

namespace Pictor.Models.Tests.Packages;

public sealed class ShippedPackagesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pictor-shipped-").FullName;

    [Fact]
    public void Find_BesideTheProgram_ComesBeforeTheClone()
    {
        string program = Path.Combine(_root, "artifacts", "bin");
        string inClone = Put(_root, "demo");
        File.WriteAllText(Path.Combine(_root, "Pictor.slnx"), "");
        Directory.CreateDirectory(program);
        Assert.Equal(inClone, ShippedPackages.Find("demo", program));

        string beside = Put(program, "demo");
        Assert.Equal(beside, ShippedPackages.Find("demo", program));
        Assert.Equal(["demo"], ShippedPackages.Names(program));
    }

    [Fact]
    public void Find_InAFolderThatIsNoClone_FindsNothing()
    {
        Put(_root, "demo");
        string program = Path.Combine(_root, "artifacts");
        Directory.CreateDirectory(program);

        Assert.Null(ShippedPackages.Find("demo", program));
        Assert.Empty(ShippedPackages.Names(program));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../demo")]
    [InlineData("none")]
    public void Find_NoNameOfOne_Null(string name)
    {
        Put(_root, "demo");
        Assert.Null(ShippedPackages.Find(name, _root));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Put(string root, string name)
    {
        string file = Path.Combine(root, "models", name, $"{name}.pictor");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
