namespace Pictor.Imaging.Tests.Duplicates;

/// <summary>The vector kernels under the corners against plain loops: fingerprints that are kept must come out the same on every processor.</summary>
public sealed class CornerKernelTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 3, 40 }, { 40, 3 }, { 7, 7 }, { 33, 29 }, { 64, 48 }, { 131, 70 }, { 256, 41 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Binomial_AnySize_IsWhatPlainLoopsGive(int w, int h)
    {
        byte[] plane = Sample.Noise(w, h, 1, 7).Data;
        int[] weights = [1, 4, 6, 4, 1];
        var expected = new byte[w * h];
        for (int i = 0; i < expected.Length; i++)
        {
            int sum = 128;
            for (int k = 0; k < 25; k++)
            {
                int x = Math.Clamp((i % w) + (k % 5) - 2, 0, w - 1), y = Math.Clamp((i / w) + (k / 5) - 2, 0, h - 1);
                sum += weights[k % 5] * weights[k / 5] * plane[(y * w) + x];
            }

            expected[i] = (byte)(sum >> 8);
        }

        Assert.Equal(expected, Smoothing.Binomial(plane, w, h));
        Assert.All(Smoothing.Binomial([.. Enumerable.Repeat((byte)255, w * h)], w, h), v => Assert.Equal(255, v));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void CornerStrength_AnySize_IsWhatPlainLoopsGive(int w, int h)
    {
        byte[] plane = Sample.Noise(w, h, 1, 3).Data;
        float[] strength = [.. Enumerable.Repeat(-1f, w * h)];

        CornerStrength.Of(plane, w, h, strength);

        for (int i = 0; i < strength.Length; i++)
        {
            (int x, int y) = (i % w, i / w);
            bool inside = x >= 3 && y >= 3 && x < w - 3 && y < h - 3;
            Assert.Equal(inside ? Plain(plane, w, i) : -1f, strength[i]); // to the bit
        }

        CornerStrength.Of(new byte[w * h], w, h, strength);
        Assert.All(strength, s => Assert.True(s is 0 or -1));
    }

    private static float Plain(byte[] plane, int w, int at)
    {
        float xx = 0, yy = 0, xy = 0;
        for (int k = 0; k < 25; k++)
        {
            int i = at + ((k / 5) - 2) * w + (k % 5) - 2;
            int gx = plane[i + 1] - plane[i - 1], gy = plane[i + w] - plane[i - w];
            (xx, yy, xy) = (xx + (gx * gx), yy + (gy * gy), xy + (gx * gy));
        }

        return xx + yy > 0 ? ((xx * yy) - (xy * xy)) / (xx + yy) : 0;
    }
}
