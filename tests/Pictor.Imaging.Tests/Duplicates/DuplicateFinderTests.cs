using CsCheck;

namespace Pictor.Imaging.Tests.Duplicates;

public sealed class DuplicateFinderTests
{
    [Fact]
    public void Find_EveryEdit_JoinsItsOriginalAndNothingElse()
    {
        var edits = new (string Name, Func<Pixels, Pixels> Edit)[]
        {
            ("recompressed", p => Decoded(PictureWriter.Jpeg(p, 20))),
            ("scaled", p => Resizer.Resize(p, p.Width * 2 / 3, p.Height * 2 / 3)),
            ("toned", p => Map(p, v => (v * 0.7) + 40)),
            ("cropped", p => Resizer.Crop(p, p.Width / 6, p.Height / 7, p.Width * 2 / 3, p.Height * 2 / 3)),
            ("framed", p => Framed(p, 16)),
            ("mirrored", p => Turned(p, 1)),
            ("turned", p => Turned(p, 5)),
        };
        Pixels[] scenes = [.. Enumerable.Range(0, 12).Select(i => Scene(320, 240, i))];
        Pixels[] all = [.. scenes, .. edits.SelectMany(e => scenes.Take(6).Select(e.Edit))];

        IReadOnlyList<DuplicateSet> sets = DuplicateFinder.Find([.. all.Select(p => PictureFingerprint.Of(p))]);
        int[] groups = DuplicateFinder.GroupOf(sets, all.Length);

        for (int e = 0; e < edits.Length; e++)
        {
            for (int i = 0; i < 6; i++)
                Assert.True(groups[scenes.Length + (6 * e) + i] == i, $"{edits[e].Name} of scene {i} is in group {groups[scenes.Length + (6 * e) + i]}");
        }

        Assert.Equal(Enumerable.Range(6, 6), groups.Skip(6).Take(6));
        Assert.All(sets, s => Assert.Equal(DuplicateKind.Near, s.Kind));
    }

    [Fact]
    public void Find_TellsBytesPixelsAndLookApart()
    {
        Pixels a = Scene(100, 80, 1), b = Scene(100, 80, 2), c = Scene(100, 80, 3);
        PictureFingerprint?[] prints = [.. new[] { a, a, b, b, c, Decoded(PictureWriter.Jpeg(c, 40)) }.Select(p => PictureFingerprint.Of(p)), null, null];

        IReadOnlyList<DuplicateSet> sets = DuplicateFinder.Find(prints, ["1", "1", "2", "3", "4", "5", "6", "6"]);

        Assert.Equal([DuplicateKind.ExactBytes, DuplicateKind.SamePixels, DuplicateKind.Near, DuplicateKind.ExactBytes], sets.Select(s => s.Kind));
        Assert.Equal("0 1|2 3|4 5|6 7", string.Join('|', sets.Select(s => string.Join(' ', s.Members))));
        Assert.Equal([1, 1], sets[0].Similarity);
        Assert.InRange(sets[2].Similarity[1], 0.9, 0.99999);
    }

    [Fact]
    public void Find_OneCaptionOnTwoScenes_DoesNotJoinThem()
    {
        Pixels[] captioned = [.. Enumerable.Range(0, 6).Select(i => Captioned(Scene(320, 240, i)))];

        Assert.Empty(DuplicateFinder.Find([.. captioned.Select(p => PictureFingerprint.Of(p))]));
    }

    [Fact]
    public void Find_FlatAndTinyPictures_AreNoNearDuplicates()
    {
        Pixels[] flat = [.. Enumerable.Range(0, 30).Select(i => new Pixels(40, 40, 1, [.. Enumerable.Repeat((byte)(i * 8), 1600)]))];
        Pixels[] least = [.. Enumerable.Range(0, 10).Select(i => new Pixels(1, 1 + i, 3, [.. Enumerable.Range(0, 3 * (1 + i)).Select(v => (byte)((v * 37) + i))]))];

        Assert.DoesNotContain(DuplicateFinder.Find([.. flat.Concat(least).Select(p => PictureFingerprint.Of(p))]), s => s.Members.Any(m => m < 30));
    }

    [Fact]
    public void Find_IsTheSameEveryTimeAndInAnyOrder()
    {
        Pixels[] scenes = [.. Enumerable.Range(0, 40).Select(i => Scene(48, 48, i % 30))];
        string Sets(Pixels[] pictures) => string.Join('|', DuplicateFinder.Find([.. pictures.Select(p => PictureFingerprint.Of(p))]).Select(s => string.Join(' ', s.Members)));
        string expected = string.Join('|', Enumerable.Range(0, 10).Select(i => $"{i} {i + 30}"));

        Assert.Equal(expected, Sets(scenes));
        Assert.Equal(expected, Sets(scenes));
        Assert.Equal(expected, Sets([.. scenes.Skip(30), .. scenes.Skip(10).Take(20), .. scenes.Take(10)]));
    }

    [Fact]
    public void CornerBits_OfAMirroredPicture_AreTheMirroredBits()
    {
        Pixels scene = Scene(256, 192, 5);
        byte[] grey = [.. scene.Data.Where((_, i) => i % 3 == 0)], mirrored = GreyCopy.Laid(grey, 256, 192, 1);
        Gen.Int[20, 235].Select(Gen.Int[20, 170], Gen.Float[-3, 3]).Sample((x, y, angle) =>
        {
            CornerBits there = BitPattern.Read(mirrored, 256, 255 - x, y, MathF.PI - angle), here = BitPattern.Read(grey, 256, x, y, angle);

            // Points that fall between two pixels may be rounded to either side.
            return here.Mirrored.Distance(there) < 40;
        });
    }

    [Fact]
    public void Correlation_IsThatOfTheTextbook() =>
        Gen.Byte.Array[3, 3000].SelectMany(a => Gen.Byte.Array[a.Length].Select(b => (a, b))).Sample((a, b) =>
        {
            double ma = a.Average(v => v), mb = b.Average(v => v);
            double ab = a.Zip(b).Sum(p => (p.First - ma) * (p.Second - mb)), aa = a.Sum(v => (v - ma) * (v - ma)), bb = b.Sum(v => (v - mb) * (v - mb));
            double expected = aa == 0 || bb == 0 ? 0 : ab / Math.Sqrt(aa * bb);
            Assert.Equal(expected, Correlation.Of(a, b), 9);
        });

    /// <summary>Overlapping discs and stripes of many sizes: as busy as a photo, and another for each number.</summary>
    internal static Pixels Scene(int width, int height, int number)
    {
        var random = new SplitMix((ulong)(1000 + number));
        var data = new byte[width * height * 3];
        for (int i = 0; i < data.Length; i++)
            data[i] = (byte)(120 + (60 * (i / 3 / width) / height));
        for (int shape = 0; shape < 90; shape++)
        {
            double cx = random.Unit() * width, cy = random.Unit() * height, r = (0.02 + (0.12 * random.Unit())) * width, tilt = random.Unit() * 3;
            byte[] colour = [(byte)random.Next(), (byte)random.Next(), (byte)random.Next()];
            bool disc = random.Unit() < 0.5;
            for (int y = Math.Max(0, (int)(cy - r)); y < Math.Min(height, cy + r); y++)
            {
                for (int x = Math.Max(0, (int)(cx - r)); x < Math.Min(width, cx + r); x++)
                {
                    double dx = x - cx, dy = y - cy;
                    if (disc ? (dx * dx) + (dy * dy) < r * r : Math.Abs((Math.Cos(tilt) * dx) + (Math.Sin(tilt) * dy)) < r / 4)
                        colour.CopyTo(data, 3 * ((y * width) + x));
                }
            }
        }

        return new Pixels(width, height, 3, data);
    }

    private static Pixels Decoded(byte[] file) => PictureReader.Decode(file, "test");

    private static Pixels Map(Pixels p, Func<byte, double> map) => p with { Data = [.. p.Data.Select(v => (byte)Math.Clamp(map(v), 0, 255))] };

    private static Pixels Turned(Pixels p, int way)
    {
        byte[][] planes = [.. Enumerable.Range(0, 3).Select(c => GreyCopy.Laid([.. p.Data.Where((_, i) => i % 3 == c)], p.Width, p.Height, way))];
        return new Pixels((way & 4) == 0 ? p.Width : p.Height, (way & 4) == 0 ? p.Height : p.Width, 3, [.. Enumerable.Range(0, p.Data.Length).Select(i => planes[i % 3][i / 3])]);
    }

    private static Pixels Framed(Pixels p, int border)
    {
        int w = p.Width + (2 * border), h = p.Height + (2 * border);
        byte[] data = [.. Enumerable.Repeat((byte)250, w * h * 3)];
        for (int y = 0; y < p.Height; y++)
            p.Data.AsSpan(y * p.Width * 3, p.Width * 3).CopyTo(data.AsSpan((((y + border) * w) + border) * 3));
        return new Pixels(w, h, 3, data);
    }

    private static Pixels Captioned(Pixels p)
    {
        Pixels caption = Scene(200, 20, 999);
        byte[] data = [.. p.Data];
        for (int y = 0; y < caption.Height; y++)
            caption.Data.AsSpan(y * 600, 600).CopyTo(data.AsSpan((((y + 200) * p.Width) + 40) * 3));
        return p with { Data = data };
    }
}
