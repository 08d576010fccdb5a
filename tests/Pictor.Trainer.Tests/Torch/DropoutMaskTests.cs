using Pictor.Trainer.Torch;
using TorchSharp;

namespace Pictor.Trainer.Tests.Torch;

public sealed class DropoutMaskTests
{
    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void Apply_Ones_DropsItsShareAndScalesTheRest(float probability)
    {
        float[] values = Mask(probability, [0, 1, 2, 3], epoch: 1, seed: 1);
        Assert.Equal(probability, values.Count(v => v == 0) / (double)values.Length, 0.03);
        Assert.All(values, v => Assert.True(v == 0 || v == (float)(1.0 / (1.0 - probability))));
    }

    [Fact]
    public void Apply_SampleElsewhereInTheBatch_HasTheSameMask()
    {
        float[] together = Mask(0.5f, [7, 8, 9], epoch: 2, seed: 1);
        float[] alone = Mask(0.5f, [9], epoch: 2, seed: 1);
        Assert.Equal(together[^alone.Length..], alone);
    }

    [Fact]
    public void Apply_OtherEpochSampleOrSeed_HasAnotherMask()
    {
        float[] mask = Mask(0.5f, [7], 2, 1);
        Assert.NotEqual(mask, Mask(0.5f, [8], 2, 1));
        Assert.NotEqual(mask, Mask(0.5f, [7], 3, 1));
        Assert.NotEqual(mask, Mask(0.5f, [7], 2, 2));
    }

    private static float[] Mask(float probability, int[] samples, int epoch, int seed)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var mask = new DropoutMask(probability, [1001], batch: 4, seed, layer: 3);
        return mask.Apply(torch.ones(samples.Length, 1001), epoch, samples).flatten().data<float>().ToArray();
    }
}
