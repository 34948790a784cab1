using System.Numerics;

namespace Pharos.PromQL.Functions;

/// <summary>
/// One output series: a value a step and a bit a step that says whether there is a value; a NaN is a value, an unset bit is none.
/// <see cref="Values"/> has <see cref="Padded"/> places, those of unset bits mean nothing. Bits behind the last step are 0.
/// </summary>
internal readonly ref struct RowSpan
{
    public RowSpan(Span<double> values, Span<ulong> present, int steps)
    {
        Values = values;
        Present = present;
        Steps = steps;
    }

    public Span<double> Values { get; }

    public Span<ulong> Present { get; }

    public int Steps { get; }

    /// <summary>Values a row takes: the steps rounded up to whole vectors of eight.</summary>
    public static int Padded(int steps) => (steps + 7) & ~7;

    /// <summary>Words of the presence bitmap.</summary>
    public static int Words(int steps) => (steps + 63) >> 6;

    public bool Has(int step) => (Present[step >> 6] >> (step & 63) & 1) != 0;

    public void Set(int step, double value)
    {
        Values[step] = value;
        Present[step >> 6] |= 1UL << (step & 63);
    }

    public void Unset(int step) => Present[step >> 6] &= ~(1UL << (step & 63));

    /// <summary>Removes every value.</summary>
    public void Clear() => Present.Clear();

    /// <summary>Gives every step a value: what stands in <see cref="Values"/>.</summary>
    public void SetAllPresent() => SetAll(Present, Steps);

    public bool IsEmpty
    {
        get
        {
            foreach (ulong word in Present)
            {
                if (word != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>How many steps have a value.</summary>
    public int CountPresent()
    {
        int count = 0;
        foreach (ulong word in Present)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    public void CopyTo(RowSpan target)
    {
        Values.CopyTo(target.Values);
        Present.CopyTo(target.Present);
    }

    public static void SetAll(Span<ulong> present, int steps)
    {
        present.Fill(ulong.MaxValue);
        if ((steps & 63) != 0)
        {
            present[^1] = (1UL << (steps & 63)) - 1;
        }
    }
}
