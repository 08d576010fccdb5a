using System.Text;
using Pictor.Imaging;

namespace Pictor.Datasets.Idx;

/// <summary>IDX files carry numbers only. Where the labels are those of a well-known set, told by their hash, the classes get their published names.</summary>
internal static class KnownNames
{
    private const string Fashion =
        "0\tT-shirt/top\tT恤\n1\tTrouser\t裤子\n2\tPullover\t套头衫\n3\tDress\t连衣裙\n4\tCoat\t外套\n5\tSandal\t凉鞋\n6\tShirt\t衬衫\n7\tSneaker\t运动鞋\n8\tBag\t包\n9\tAnkle boot\t短靴\n";

    // SHA-256 of the label bytes without their header: Fashion-MNIST (Xiao, Rasul, Vollgraf 2017), train and t10k.
    private static readonly string[] s_fashion = ["657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7", "3d0e6c6ea990b53b6f8f500a41cac93881d981b315f84578b7d915342ade01e9"];

    /// <summary>The names, or null when the labels are of no known set.</summary>
    public static LabelTable? Of(IEnumerable<IdxFile> labels) =>
        labels.All(l => s_fashion.Contains(ContentHash.Sha256Of(l.Data), StringComparer.Ordinal))
            ? LabelTable.Parse(Encoding.UTF8.GetBytes(Fashion), "Fashion-MNIST")
            : null;
}
