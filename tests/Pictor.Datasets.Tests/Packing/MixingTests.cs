using CsCheck;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class MixingTests
{
    private static readonly PictureShape s_shape = new(3, 12, 10);
    private static readonly int[] s_planes = [0, 120, 240];
    private static readonly Augmentation s_mixup = new() { Mixup = 0.8, Crop = 1 };
    private static readonly Augmentation s_cutmix = new() { Cutmix = 1, Flip = true };
    private static readonly Augmentation s_both = new() { Mixup = 0.8, Cutmix = 1, MixProbability = 0.6 };

    public static TheoryData<Augmentation> Mixings => new(s_mixup, s_cutmix, s_both);

    [Theory]
    [MemberData(nameof(Mixings))]
    public async Task Fill_WhenMixing_MixesPicturesAsTargetsSay(Augmentation a)
    {
        using PackedStore store = await MadeData.StoreAsync(s_shape, DatasetTask.SingleLabel, 40, MadeData.Single([.. Enumerable.Repeat(1, 40)]));
        var augmenter = new Augmenter(a, s_shape, 3);
        var source = new BatchSource(store, MadeData.Plain(s_shape), 8, 3, new BatchSourceOptions { Augmenter = augmenter });
        (float[] values, float[] targets) = Filled(source, source.Order(2), 2);

        // One class a picture: the targets tell which two were mixed, and in what share.
        int mixed = 0;
        for (int i = 0; i < 40; i++)
        {
            int position = source.Order(2)[i];
            float[] row = targets[(i * 40)..((i + 1) * 40)];
            Assert.Equal(1f, row.Sum(), 1e-5f);
            int partner = Array.FindIndex([.. row.Select((v, c) => c == position ? 0 : v)], v => v > 0);
            if (partner < 0)
                continue;
            mixed++;
            double[] own = Augmented(augmenter, store, position, 2), other = Augmented(augmenter, store, partner, 2), seen = [.. values[(i * 360)..((i + 1) * 360)].Select(v => v * 255.0)];
            if (Enumerable.Range(0, 360).All(k => Math.Abs(seen[k] - ((own[k] * row[position]) + (other[k] * row[partner]))) <= 0.51))
                continue;
            int pasted = Enumerable.Range(0, 120).Count(k => s_planes.All(c => Math.Abs(seen[c + k] - other[c + k]) < 0.01) && s_planes.Any(c => Math.Abs(own[c + k] - other[c + k]) > 0.5));
            Assert.InRange(pasted / 120.0, row[partner] - 0.02, row[partner] + 1e-6);
            Assert.All(Enumerable.Range(0, 360), k => Assert.True(Math.Abs(seen[k] - other[k]) < 0.01 || Math.Abs(seen[k] - own[k]) < 0.01));
        }

        Assert.InRange(mixed, 40 * a.MixProbability / 2, 40);
    }

    [Fact]
    public async Task FillTargets_ByAnyPartition_AreThoseOfTheWhole()
    {
        using PackedStore store = await MadeData.StoreAsync(s_shape, DatasetTask.SingleLabel, 5, MadeData.Single(9, 9, 9, 9, 9));
        var source = new BatchSource(store, MadeData.Plain(s_shape), 8, 3, new BatchSourceOptions { Augmenter = new Augmenter(s_both, s_shape, 3) });
        (float[] values, float[] targets) = Filled(source, source.Order(1), 1);
        Parallel.For(0, 45, i =>
        {
            (float[] value, float[] target) = Filled(source, [source.Order(1)[44 - i]], 1);
            Assert.Equal(values[((44 - i) * 360)..((45 - i) * 360)], value);
            Assert.Equal(targets[((44 - i) * 5)..((45 - i) * 5)], target);
        });
    }

    [Fact]
    public async Task FillTargets_OfSeveralClassesAndOfNumbers_AreMixedInTheSameShare()
    {
        Sample[] several = [MadeData.Multi(0, 0, 2), MadeData.Multi(1), MadeData.Multi(2, 1)];
        Sample[] numbers = [.. Enumerable.Range(0, 3).Select(i => new Sample(i, $"{i}", -1, null, $"{i}") { Target = 10 * (i + 1) })];
        using PackedStore labelled = await MadeData.StoreAsync(s_shape, DatasetTask.MultiLabel, 3, several);
        using PackedStore numeric = await MadeData.StoreAsync(s_shape, DatasetTask.Numeric, 1, numbers);
        var options = new BatchSourceOptions { Augmenter = new Augmenter(s_mixup, s_shape, 3), SoftTargets = new float[] { 1, 0, 0, 1, 0.5f, 0.5f } };
        var a = new BatchSource(labelled, MadeData.Plain(s_shape), 8, 3, options);
        var b = new BatchSource(numeric, MadeData.Plain(s_shape), 8, 3, options);
        Assert.Equal((3, 1), (a.Outputs, b.Outputs));

        float[][] rows = [[1, 0, 1], [0, 0, 0], [0, 1, 0]], soft = [[1, 0], [0, 1], [0.5f, 0.5f]];
        for (int epoch = 1; epoch <= 20; epoch++)
        {
            for (int p = 0; p < 3; p++)
            {
                Mix mix = a.MixOf(p, epoch);
                float[] classes = new float[3], number = new float[1], taught = new float[2];
                a.FillTargets([p], epoch, classes);
                b.FillTargets([p], epoch, number);
                a.FillSoftTargets([p], epoch, taught);
                Assert.Equal(rows[p].Zip(rows[mix.Partner], (x, y) => (x * mix.Share) + (y * (1 - mix.Share))), classes, (x, y) => Math.Abs(x - y) < 1e-6);
                Assert.Equal(soft[p].Zip(soft[mix.Partner], (x, y) => (x * mix.Share) + (y * (1 - mix.Share))), taught, (x, y) => Math.Abs(x - y) < 1e-6);
                Assert.Equal((10 * (p + 1) * mix.Share) + (10 * (mix.Partner + 1) * (1 - mix.Share)), number[0], 1e-4f);
            }
        }
    }

    [Fact]
    public async Task Mixes_AtTheEndOfTheRun_IsOver()
    {
        using PackedStore store = await MadeData.StoreAsync(s_shape, DatasetTask.SingleLabel, 2, MadeData.Single(4, 4));
        var augmenter = new Augmenter(s_cutmix, s_shape, 3);
        var run = new BatchSource(store, MadeData.Plain(s_shape), 8, 3, new BatchSourceOptions { Augmenter = augmenter, Epochs = 20 });
        Assert.Equal(Enumerable.Range(1, 17), Enumerable.Range(1, 20).Where(run.Mixes));
        Assert.True(new BatchSource(store, MadeData.Plain(s_shape), augmenter, 8, 3).Mixes(1000));
        Assert.False(new BatchSource(store, MadeData.Plain(s_shape), null, 8, 3).Mixes(1));
        (float[] _, float[] targets) = Filled(run, [0, 5], 18);
        Assert.Equal([1, 0, 0, 1], targets);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(4)]
    public void Symmetric_OfManyDraws_HasTheMomentsOfBeta(double alpha)
    {
        const int Draws = 40_000;
        double[] x = [.. Enumerable.Range(0, Draws).Select(i =>
        {
            var random = new CounterRandom(1, i);
            return BetaDraw.Symmetric(ref random, alpha);
        })];
        double variance = 1 / (4 * ((2 * alpha) + 1)), mean = x.Average();

        Assert.All(x, v => Assert.InRange(v, 0, 1));
        Assert.InRange(mean, 0.5 - (5 * Math.Sqrt(variance / Draws)), 0.5 + (5 * Math.Sqrt(variance / Draws)));
        Assert.InRange(x.Average(v => (v - 0.5) * (v - 0.5)) / variance, 0.97, 1.03);
    }

    [Fact]
    public void Blend_OfAnyPictures_IsTheRoundedMean() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[0, 256]).Sample((length, share) =>
        {
            byte[] own = Noise.Picture(1, new PictureShape(1, 1, length)), other = Noise.Picture(2, new PictureShape(1, 1, length)), mixed = [.. own];
            PictureMixer.Blend(mixed, other, share / 256f);
            return Enumerable.Range(0, length).All(i => mixed[i] == (int)Math.Floor((((own[i] * share) + (other[i] * (256 - share))) / 256.0) + 0.5));
        });

    private static (float[] Values, float[] Targets) Filled(BatchSource source, int[] positions, int epoch)
    {
        var values = new float[positions.Length * s_shape.Length];
        var targets = new float[positions.Length * source.Outputs];
        source.Fill(positions, epoch, values, new long[positions.Length]);
        source.FillTargets(positions, epoch, targets);
        return (values, targets);
    }

    private static double[] Augmented(Augmenter augmenter, PackedStore store, int position, int epoch)
    {
        var planes = new byte[s_shape.Length];
        augmenter.Apply(store.Planes(position), planes, epoch, store.Samples[position]);
        return [.. planes.Select(v => (double)v)];
    }
}
