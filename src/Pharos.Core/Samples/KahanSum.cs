using System.Runtime.CompilerServices;

namespace Pharos.Core.Samples;

/// <summary>Neumaier's compensated addition in upstream's order of operations, so that sums agree in every bit.</summary>
public static class KahanSum
{
    /// <summary>Adds to a sum and its compensation; an infinite sum drops the compensation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // 2 additions and a compare: the call would cost more than the work
    public static void Add(double value, ref double sum, ref double compensation)
    {
        double t = sum + value;
        if (double.IsInfinity(t))
        {
            compensation = 0;
        }
        else if (Math.Abs(sum) >= Math.Abs(value))
        {
            compensation += sum - t + value;
        }
        else
        {
            compensation += value - t + sum;
        }

        sum = t;
    }
}
