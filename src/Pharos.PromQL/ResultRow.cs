using System.Numerics;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;

namespace Pharos.PromQL;

/// <summary>
/// One series of a result. Values stand on the steps of the <see cref="QueryResult"/>, with a bit a step that says whether there is one;
/// only the raw samples of a range selector have <see cref="Timestamps"/> of their own, and then every value counts.
/// </summary>
public sealed class ResultRow
{
    internal ResultRow(Labels labels, ReadOnlyMemory<double> values, ReadOnlyMemory<ulong> presence, ReadOnlyMemory<FloatHistogram?> histograms = default)
    {
        Labels = labels;
        Values = values;
        Presence = presence;
        Histograms = histograms;
    }

    internal ResultRow(Labels labels, ReadOnlyMemory<double> values, ReadOnlyMemory<long> timestamps, ReadOnlyMemory<FloatHistogram?> histograms = default)
    {
        Labels = labels;
        Values = values;
        Timestamps = timestamps;
        Histograms = histograms;
    }

    /// <summary>The series' labels.</summary>
    public Labels Labels { get; }

    /// <summary>A value a step, or a value a timestamp.</summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>The values that are native histograms, place by place as <see cref="Values"/>; null where a value is a number. Empty in a row of numbers alone.</summary>
    public ReadOnlyMemory<FloatHistogram?> Histograms { get; }

    /// <summary>Bit s (bit s % 64 of word s / 64) says whether step s has a value. Empty when there are <see cref="Timestamps"/>.</summary>
    public ReadOnlyMemory<ulong> Presence { get; }

    /// <summary>Milliseconds since the Unix epoch, one a value; empty when the values stand on the steps.</summary>
    public ReadOnlyMemory<long> Timestamps { get; }

    /// <summary>The histogram at a place that has a value; null where that is a number.</summary>
    public FloatHistogram? HistogramAt(int place) => Histograms.IsEmpty ? null : Histograms.Span[place];

    /// <summary>How many values there are.</summary>
    public int CountValues()
    {
        if (!Timestamps.IsEmpty)
        {
            return Timestamps.Length;
        }

        int count = 0;
        foreach (ulong word in Presence.Span)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Whether a step has a value.</summary>
    public bool Has(int step) => (Presence.Span[step >> 6] >> (step & 63) & 1) != 0;
}
