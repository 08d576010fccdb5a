using CsCheck;
using Pictor.Training.Projecting;

namespace Pictor.Training.Tests.Projecting;

public sealed class SymmetricEigenTests
{
    [Fact]
    public void Of_AnySymmetricMatrix_GivesOrthonormalVectorsThatMakeIt() =>
        (from n in Gen.Int[1, 24] from values in Gen.Double[-3, 3].Array[n * n] select (n, values)).Sample(given =>
        {
            (int n, double[] values) = given;
            double[] matrix = new double[n * n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                    matrix[(i * n) + j] = (values[(i * n) + j] + values[(j * n) + i]) / 2;
            }

            (double[] eigenvalues, double[] vectors) = SymmetricEigen.Of([.. matrix], n);

            Assert.Equal(eigenvalues.OrderDescending(), eigenvalues);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double made = Enumerable.Range(0, n).Sum(k => eigenvalues[k] * vectors[(k * n) + i] * vectors[(k * n) + j]);
                    double dot = Enumerable.Range(0, n).Sum(k => vectors[(i * n) + k] * vectors[(j * n) + k]);
                    Assert.Equal(matrix[(i * n) + j], made, 1e-9);
                    Assert.Equal(i == j ? 1 : 0, dot, 1e-9);
                }
            }
        }, iter: 200);
}
