using System.Numerics;
using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>
/// One output series: a value a step and a bit a step that says whether there is a value; a NaN is a value, an unset bit is none.
/// <see cref="Values"/> has <see cref="Padded"/> places, those of unset bits mean nothing. Bits behind the last step are 0.
/// </summary>
internal readonly ref struct RowSpan
{
    public RowSpan(Span<double> values, Span<ulong> present, int steps)
        : this(values, present, [], steps)
    {
    }

    public RowSpan(Span<double> values, Span<ulong> present, Span<FloatHistogram?> histograms, int steps)
    {
        Values = values;
        Present = present;
        Histograms = histograms;
        Steps = steps;
    }

    public Span<double> Values { get; }

    public Span<ulong> Present { get; }

    /// <summary>
    /// One place a step: the histogram that is the step's value, null where it is a number. Empty in rows of numbers alone, which are nearly all. Places of unset bits mean nothing.
    /// </summary>
    public Span<FloatHistogram?> Histograms { get; }

    public int Steps { get; }

    /// <summary>Values a row takes: the steps rounded up to whole vectors of eight.</summary>
    public static int Padded(int steps) => (steps + 7) & ~7;

    /// <summary>Words of the presence bitmap.</summary>
    public static int Words(int steps) => (steps + 63) >> 6;

    public bool Has(int step) => (Present[step >> 6] >> (step & 63) & 1) != 0;

    /// <summary>The histogram at a step that has a value; null where that is a number.</summary>
    public FloatHistogram? HistogramAt(int step) => Histograms.IsEmpty ? null : Histograms[step];

    public void Set(int step, double value)
    {
        Values[step] = value;
        Present[step >> 6] |= 1UL << (step & 63);
        if (!Histograms.IsEmpty)
        {
            Histograms[step] = null;
        }
    }

    /// <summary>Only in rows with a column of histograms.</summary>
    public void Set(int step, FloatHistogram histogram)
    {
        Histograms[step] = histogram;
        Present[step >> 6] |= 1UL << (step & 63);
    }

    /// <summary>Takes over the step of another row, number or histogram.</summary>
    public void SetFrom(RowSpan other, int step)
    {
        if (other.HistogramAt(step) is { } histogram)
        {
            Set(step, histogram);
        }
        else
        {
            Set(step, other.Values[step]);
        }
    }

    public SampleValue ValueAt(int step) => new(Values[step], HistogramAt(step));

    public void Set(int step, SampleValue value)
    {
        if (value.Histogram is { } histogram)
        {
            Set(step, histogram);
        }
        else
        {
            Set(step, value.Number);
        }
    }

    /// <summary>Writes the presence bits of the values that are numbers. Returns whether there were histograms.</summary>
    public bool CopyNumbersPresent(Span<ulong> target)
    {
        Present.CopyTo(target);
        bool any = false;
        for (int s = 0; s < Histograms.Length; s++)
        {
            if (Histograms[s] is not null && Has(s))
            {
                target[s >> 6] &= ~(1UL << (s & 63));
                any = true;
            }
        }

        return any;
    }

    /// <summary>Removes the values that are histograms. Returns whether there were any.</summary>
    public bool RemoveHistograms()
    {
        bool any = false;
        for (int s = 0; s < Histograms.Length; s++)
        {
            if (Histograms[s] is not null && Has(s))
            {
                Unset(s);
                any = true;
            }
        }

        return any;
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

    /// <summary>Whether any value is a number.</summary>
    public bool HasNumbers
    {
        get
        {
            bool any = !IsEmpty;
            if (any && !Histograms.IsEmpty)
            {
                any = false;
                for (int s = 0; s < Steps && !any; s++)
                {
                    any = Has(s) && Histograms[s] is null;
                }
            }

            return any;
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

    /// <summary>What the values count for against the limit of samples: 1 for a number, for a histogram what upstream counts for its size.</summary>
    public long CountSamples()
    {
        long count = CountPresent();
        for (int s = 0; s < Histograms.Length; s++)
        {
            if (Histograms[s] is { } histogram && Has(s))
            {
                count += HistogramSize.InSamples(histogram) - 1;
            }
        }

        return count;
    }

    public void CopyTo(RowSpan target)
    {
        Values.CopyTo(target.Values);
        Present.CopyTo(target.Present);
        if (!target.Histograms.IsEmpty)
        {
            if (Histograms.IsEmpty)
            {
                target.Histograms.Clear();
            }
            else
            {
                Histograms.CopyTo(target.Histograms);
            }
        }
    }

    /// <summary>Whether all eight steps of a block, the first of which is <c>8 * block</c>, have a value.</summary>
    public static bool IsBlockFull(ReadOnlySpan<ulong> present, int block) => (byte)(present[block >> 3] >> ((block & 7) * 8)) == 0xff;

    public static void SetAll(Span<ulong> present, int steps)
    {
        present.Fill(ulong.MaxValue);
        if ((steps & 63) != 0)
        {
            present[^1] = (1UL << (steps & 63)) - 1;
        }
    }
}
