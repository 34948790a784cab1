using System.Runtime.Intrinsics;

namespace Pharos.PromQL.Functions;

/// <summary>Finds counter resets: a value below the one before it.</summary>
internal static class Resets
{
    /// <summary>The index of the first value that is below its predecessor, or -1.</summary>
    public static int IndexOfFirst(ReadOnlySpan<double> values)
    {
        int i = 1;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i + 8 <= values.Length; i += 8)
            {
                if (Vector512.LessThanAny(Vector512.Create(values[i..]), Vector512.Create(values[(i - 1)..])))
                {
                    break;
                }
            }
        }

        return IndexOfFirstScalar(values, i);
    }

    private static int IndexOfFirstScalar(ReadOnlySpan<double> values, int from = 1)
    {
        for (int i = from; i < values.Length; i++)
        {
            if (values[i] < values[i - 1])
            {
                return i;
            }
        }

        return -1;
    }
}
