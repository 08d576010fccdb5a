using Pictor.Models.Networks;
using Pictor.Models.Onnx;

namespace Pictor.Models.Tests.Onnx;

public sealed class OnnxOutlineTests
{
    [Fact]
    public void Read_OwnFile_TellsInputAndOutputs()
    {
        Network network = NetworkCatalog.Create("mnist-cnn", new(3, 20, 24), 7);
        OnnxOutline outline = OnnxOutline.Read(OnnxWriter.Write(network, NetworkWeights.Random(network, 1)));
        Assert.Equal("pixels [free, 3, 20, 24]", Assert.Single(outline.Inputs).ToString());
        Assert.Equal(["logits [free, 7]", "probabilities [free, 7]", "embedding [free, 960]"], outline.Outputs.Select(output => output.ToString()), StringComparer.Ordinal);
        Assert.False(outline.ReadsOtherFiles);
    }

    [Fact]
    public void Read_ChangedBytes_GiveAnOutlineOrAFormatException()
    {
        Network network = NetworkCatalog.Create("softmax", new(1, 3, 3), 2);
        byte[] good = OnnxWriter.Write(network, NetworkWeights.Random(network, 1));
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bad = good[..random.Next(good.Length + 1)];
            for (int k = random.Next(4); k > 0 && bad.Length > 0; k--)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            try
            {
                OnnxOutline.Read(bad);
            }
            catch (FormatException)
            {
                // Refused.
            }
        }
    }

    // TensorProto: location 14 (1: external), external_data 13; once as a constant of the graph, once inside a branch of an If.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_WeightsInAnotherFile_AreSeen(bool nested)
    {
        ProtoMessage tensor = new ProtoMessage().Add(1, 4L).Add(2, 1L).Add(8, "w").Add(13, new ProtoMessage().Add(1, "location").Add(2, "/etc/passwd")).Add(14, 1L);
        ProtoMessage graph = new ProtoMessage().Add(5, tensor);
        if (nested)
            graph = new ProtoMessage().Add(1, new ProtoMessage().Add(4, "If").Add(5, new ProtoMessage().Add(1, "then_branch").Add(6, graph)));
        Assert.True(OnnxOutline.Read(new ProtoMessage().Add(1, 8L).Add(7, graph).ToArray()).ReadsOtherFiles);
    }

    [Fact]
    public void Read_EndlesslyNestedGraphs_AreRefused()
    {
        var graph = new ProtoMessage();
        for (int i = 0; i < 200; i++)
            graph = new ProtoMessage().Add(1, new ProtoMessage().Add(5, new ProtoMessage().Add(6, graph)));
        byte[] model = new ProtoMessage().Add(7, graph).ToArray();
        Assert.Throws<FormatException>(() => OnnxOutline.Read(model));
    }
}
