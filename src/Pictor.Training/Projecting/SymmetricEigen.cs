namespace Pictor.Training.Projecting;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5): each makes one pair of elements zero, and sweeps over
/// all pairs converge quadratically. For some hundred rows it is quick enough, and it is as exact as the numbers are.
/// </summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60;
    private const double Tiny = 1e-22;

    /// <param name="matrix">[n, n], symmetric; it is overwritten.</param>
    /// <param name="n">Rows.</param>
    /// <returns>Values, the largest first, and vectors [n, n] as rows in that order.</returns>
    public static (double[] Values, double[] Vectors) Of(double[] matrix, int n)
    {
        double[] vectors = new double[n * n];
        double scale = 0;
        for (int i = 0; i < n; i++)
            vectors[(i * n) + i] = 1;
        foreach (double value in matrix)
            scale += value * value;
        for (int sweep = 0; sweep < MostSweeps && OffDiagonal(matrix, n) > Tiny * scale; sweep++)
        {
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                    Rotate(matrix, vectors, n, p, q);
            }
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => matrix[(i * n) + i])];
        double[] sorted = new double[n * n];
        for (int i = 0; i < n; i++)
            vectors.AsSpan(order[i] * n, n).CopyTo(sorted.AsSpan(i * n));
        return ([.. order.Select(i => matrix[(i * n) + i])], sorted);
    }

    private static double OffDiagonal(double[] a, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
                sum += 2 * a[(i * n) + j] * a[(i * n) + j];
        }

        return sum;
    }

    // Equations 8.5.1 to 8.5.3; vectors are kept as rows, so that a rotation walks along memory.
    private static void Rotate(double[] a, double[] vectors, int n, int p, int q)
    {
        double apq = a[(p * n) + q];
        if (apq == 0)
            return;
        double tau = (a[(q * n) + q] - a[(p * n) + p]) / (2 * apq);
        double t = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau))), c = 1 / Math.Sqrt(1 + (t * t)), s = t * c;
        Span<double> rowP = a.AsSpan(p * n, n), rowQ = a.AsSpan(q * n, n);
        Mix(rowP, rowQ, c, s);
        for (int i = 0; i < n; i++)
        {
            double ip = a[(i * n) + p], iq = a[(i * n) + q];
            a[(i * n) + p] = (c * ip) - (s * iq);
            a[(i * n) + q] = (s * ip) + (c * iq);
        }

        Mix(vectors.AsSpan(p * n, n), vectors.AsSpan(q * n, n), c, s);
    }

    private static void Mix(Span<double> p, Span<double> q, double c, double s)
    {
        for (int i = 0; i < p.Length; i++)
            (p[i], q[i]) = ((c * p[i]) - (s * q[i]), (s * p[i]) + (c * q[i]));
    }
}
