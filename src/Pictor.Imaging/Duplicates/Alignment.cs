namespace Pictor.Imaging;

/// <summary>A turn, a scale and a shift, after mirroring if so: where a point of one picture lies in the other.</summary>
/// <param name="Cos">Scale times cosine.</param>
/// <param name="Sin">Scale times sine.</param>
/// <param name="X">Shift to the right.</param>
/// <param name="Y">Shift down.</param>
/// <param name="Mirrored">x is first taken from the right edge.</param>
/// <param name="Inliers">Corners that agree.</param>
/// <param name="Breadth">Standard deviation of their places across the direction in which they lie: small when they lie on a line, as those of a caption do.</param>
internal readonly record struct Alignment(double Cos, double Sin, double X, double Y, bool Mirrored, int Inliers, double Breadth = 0)
{
    private const int FarthestBits = 72;
    private const double Tolerance = 5;

    public double Scale => Math.Sqrt((Cos * Cos) + (Sin * Sin));

    public (double X, double Y) Map(double x, double y) => ((Cos * x) - (Sin * y) + X, (Sin * x) + (Cos * y) + Y);

    /// <summary>
    /// The transform that most pairs of corners agree on. A corner has a place, a scale and a direction, so one pair alone proposes a transform
    /// (Lowe 2004, section 7.4); every pair is tried, and nothing is left to chance.
    /// </summary>
    public static Alignment? Of(CornerSet from, CornerSet to, bool mirrored)
    {
        Corner[] a = mirrored ? [.. from.Corners.Select(c => c with { X = from.Width - c.X, Angle = MathF.PI - c.Angle, Bits = c.Bits.Mirrored })] : from.Corners;
        (Corner A, Corner B)[] pairs = Mutual(a, to.Corners);
        Alignment? best = null;
        foreach ((Corner p, Corner q) in pairs)
        {
            double scale = q.Scale / p.Scale;
            (double sin, double cos) = Math.SinCos(q.Angle - p.Angle);
            var guess = new Alignment(scale * cos, scale * sin, 0, 0, mirrored, 0);
            (double x, double y) = guess.Map(p.X, p.Y);
            guess = guess with { X = q.X - x, Y = q.Y - y };
            guess = guess with { Inliers = Agreeing(guess, pairs, 2 * Tolerance, null) };
            if (best is null || guess.Inliers > best.Value.Inliers)
                best = guess;
        }

        return best is { Inliers: >= 4 } rough ? Refine(rough, pairs) : null;
    }

    private static Alignment Refine(Alignment rough, (Corner A, Corner B)[] pairs)
    {
        Alignment current = rough;
        for (int round = 0; round < 3; round++)
        {
            var inliers = new List<(Corner A, Corner B)>();
            Agreeing(current, pairs, round == 0 ? 2 * Tolerance : Tolerance, inliers);
            if (inliers.Count < 3 || LeastSquares(inliers, current.Mirrored) is not { } fitted)
                return current with { Inliers = 0 };
            current = fitted;
        }

        var agreed = new List<(Corner A, Corner B)>();
        return current with { Inliers = Agreeing(current, pairs, Tolerance, agreed), Breadth = Math.Min(1, current.Scale) * BreadthOf(agreed) };
    }

    /// <summary>Root of the smaller eigenvalue of the covariance.</summary>
    private static double BreadthOf(List<(Corner A, Corner B)> pairs)
    {
        if (pairs.Count < 2)
            return 0;
        double mx = pairs.Average(p => p.A.X), my = pairs.Average(p => p.A.Y), xx = 0, yy = 0, xy = 0;
        foreach ((Corner p, _) in pairs)
            (xx, yy, xy) = (xx + ((p.X - mx) * (p.X - mx)), yy + ((p.Y - my) * (p.Y - my)), xy + ((p.X - mx) * (p.Y - my)));
        double smaller = ((xx + yy) / 2) - Math.Sqrt((((xx - yy) / 2) * ((xx - yy) / 2)) + (xy * xy));
        return Math.Sqrt(Math.Max(0, smaller) / pairs.Count);
    }

    private static int Agreeing(Alignment guess, (Corner A, Corner B)[] pairs, double tolerance, List<(Corner A, Corner B)>? inliers)
    {
        int count = 0;
        double scale = guess.Scale, angle = Math.Atan2(guess.Sin, guess.Cos);
        foreach ((Corner p, Corner q) in pairs)
        {
            (double x, double y) = guess.Map(p.X, p.Y);
            double dx = x - q.X, dy = y - q.Y, ratio = q.Scale / (p.Scale * scale), turn = Math.IEEERemainder(q.Angle - p.Angle - angle, 2 * Math.PI);
            if ((dx * dx) + (dy * dy) > tolerance * tolerance || ratio is > 1.7 or < 1 / 1.7 || Math.Abs(turn) > 0.6)
                continue;
            count++;
            inliers?.Add((p, q));
        }

        return count;
    }

    private static Alignment? LeastSquares(List<(Corner A, Corner B)> pairs, bool mirrored)
    {
        double ax = pairs.Average(p => p.A.X), ay = pairs.Average(p => p.A.Y), bx = pairs.Average(p => p.B.X), by = pairs.Average(p => p.B.Y);
        double dot = 0, cross = 0, size = 0;
        foreach ((Corner p, Corner q) in pairs)
        {
            double px = p.X - ax, py = p.Y - ay, qx = q.X - bx, qy = q.Y - by;
            dot += (px * qx) + (py * qy);
            cross += (px * qy) - (py * qx);
            size += (px * px) + (py * py);
        }

        if (size < 100)
            return null;
        (double cos, double sin) = (dot / size, cross / size);
        return new Alignment(cos, sin, bx - (cos * ax) + (sin * ay), by - (sin * ax) - (cos * ay), mirrored, 0);
    }

    /// <summary>Pairs that are each other's nearest.</summary>
    private static (Corner A, Corner B)[] Mutual(Corner[] a, Corner[] b)
    {
        var nearestB = new int[a.Length];
        var nearestA = new int[b.Length];
        var distanceA = new int[b.Length];
        Array.Fill(distanceA, int.MaxValue);
        for (int i = 0; i < a.Length; i++)
        {
            int best = int.MaxValue;
            for (int j = 0; j < b.Length; j++)
            {
                int distance = a[i].Bits.Distance(b[j].Bits);
                if (distance < best)
                    (best, nearestB[i]) = (distance, j);
                if (distance < distanceA[j])
                    (distanceA[j], nearestA[j]) = (distance, i);
            }

            if (best > FarthestBits)
                nearestB[i] = -1;
        }

        return [.. Enumerable.Range(0, a.Length).Where(i => nearestB[i] >= 0 && nearestA[nearestB[i]] == i).Select(i => (a[i], b[nearestB[i]]))];
    }
}
