using System.Runtime.CompilerServices;

namespace Pictor.Library.Finding;

/// <summary>Puts the first few of many in order: what is shown of a search is a page, and sorting all that it found would take longer than to find it.</summary>
internal static class Leading
{
    /// <summary>Afterwards the first <paramref name="count"/> places hold the first of the whole order, sorted; the rest follows in any order. Quickselect (Hoare 1961), then a sort of the few.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Sort<T>(Span<T> all, int count, Comparison<T> order)
    {
        if (count >= all.Length)
        {
            all.Sort(order);
            return;
        }

        int low = 0, high = all.Length - 1;
        while (low < high && count > 0)
        {
            // The median of three as pivot: lists that are in order already are common here.
            int middle = low + ((high - low) / 2);
            if (order(all[middle], all[low]) < 0)
                (all[low], all[middle]) = (all[middle], all[low]);
            if (order(all[high], all[low]) < 0)
                (all[low], all[high]) = (all[high], all[low]);
            if (order(all[high], all[middle]) < 0)
                (all[middle], all[high]) = (all[high], all[middle]);
            T pivot = all[middle];
            int i = low, j = high;
            while (i <= j)
            {
                while (order(all[i], pivot) < 0)
                    i++;
                while (order(all[j], pivot) > 0)
                    j--;
                if (i <= j)
                {
                    (all[i], all[j]) = (all[j], all[i]);
                    i++;
                    j--;
                }
            }

            if (count - 1 <= j)
                high = j;
            else if (count - 1 >= i)
                low = i;
            else
                break;
        }

        all[..count].Sort(order);
    }
}
