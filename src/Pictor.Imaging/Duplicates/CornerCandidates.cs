namespace Pictor.Imaging;

/// <summary>Finds pictures that share corners, such as a picture and a crop of it, by votes of equal bits.</summary>
internal sealed class CornerCandidates
{
    private const int Tables = 10;
    private const int LongestRun = 64;
    private const int LeastVotes = 3;
    private const int Best = 24;

    private readonly IReadOnlyList<PictureFingerprint?> _pictures;
    private readonly KeyTable[] _tables = [];
    private readonly int[][] _bits = [];

    public CornerCandidates(IReadOnlyList<PictureFingerprint?> pictures, CancellationToken cancellationToken)
    {
        _pictures = pictures;
        var owners = new List<int>();
        var corners = new List<CornerBits>();
        for (int i = 0; i < pictures.Count; i++)
        {
            foreach (Corner corner in pictures[i]?.Corners?.Corners ?? [])
            {
                owners.Add(i);
                corners.Add(corner.Bits);
            }
        }

        if (owners.Count == 0)
            return;
        int length = Math.Clamp((int)Math.Ceiling(Math.Log2(owners.Count)), 10, 22);
        _bits = Choose(length);
        _tables = new KeyTable[Tables];
        var keys = new int[owners.Count];
        for (int t = 0; t < Tables; t++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < keys.Length; i++)
                keys[i] = KeyOf(corners[i], _bits[t]);
            _tables[t] = new KeyTable(keys, i => owners[i]);
        }
    }

    /// <summary>True when no picture has corners.</summary>
    public bool IsEmpty => _tables.Length == 0;

    /// <summary>The earlier pictures with the most votes, for the picture as it is or mirrored.</summary>
    /// <param name="index">The picture.</param>
    /// <param name="mirrored">Compare its mirror image.</param>
    /// <param name="votes">A scratch of one zero per picture; zero again afterwards.</param>
    public IReadOnlyList<int> Of(int index, bool mirrored, int[] votes)
    {
        if (IsEmpty || _pictures[index]?.Corners is not { } set)
            return [];
        var touched = new List<int>();
        foreach (Corner corner in set.Corners)
        {
            CornerBits bits = mirrored ? corner.Bits.Mirrored : corner.Bits;
            for (int t = 0; t < Tables; t++)
            {
                ReadOnlySpan<int> bucket = _tables[t][KeyOf(bits, _bits[t])];
                if (bucket.Length > LongestRun)
                    continue;
                foreach (int other in bucket)
                {
                    if (other >= index)
                        break;
                    if (votes[other]++ == 0)
                        touched.Add(other);
                }
            }
        }

        int[] chosen = [.. touched.Where(i => votes[i] >= LeastVotes).OrderByDescending(i => votes[i]).ThenBy(i => i).Take(Best)];
        foreach (int i in touched)
            votes[i] = 0;
        return chosen;
    }

    private static int KeyOf(in CornerBits bits, int[] positions)
    {
        int key = 0;
        foreach (int position in positions)
            key = (key << 1) | (bits[position] ? 1 : 0);
        return key;
    }

    private static int[][] Choose(int length)
    {
        var random = new SplitMix(0xB175);
        return [.. Enumerable.Range(0, Tables).Select(_ => Enumerable.Range(0, 256).Select(p => (Key: random.Next(), Position: p)).OrderBy(p => p.Key).Take(length).Select(p => p.Position).ToArray())];
    }
}
