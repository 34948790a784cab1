using Pharos.Core.Labels;

namespace Pharos.PromQL;

/// <summary>
/// One series of a result. Values stand on the steps of the <see cref="QueryResult"/>, with a bit a step that says whether there is one;
/// only the raw samples of a range selector have <see cref="Timestamps"/> of their own, and then every value counts.
/// </summary>
public sealed class ResultRow
{
    internal ResultRow(Labels labels, ReadOnlyMemory<double> values, ReadOnlyMemory<ulong> presence)
    {
        Labels = labels;
        Values = values;
        Presence = presence;
    }

    internal ResultRow(Labels labels, ReadOnlyMemory<double> values, ReadOnlyMemory<long> timestamps)
    {
        Labels = labels;
        Values = values;
        Timestamps = timestamps;
    }

    /// <summary>The series' labels.</summary>
    public Labels Labels { get; }

    /// <summary>A value a step, or a value a timestamp.</summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>Bit s (bit s % 64 of word s / 64) says whether step s has a value. Empty when there are <see cref="Timestamps"/>.</summary>
    public ReadOnlyMemory<ulong> Presence { get; }

    /// <summary>Milliseconds since the Unix epoch, one a value; empty when the values stand on the steps.</summary>
    public ReadOnlyMemory<long> Timestamps { get; }

    /// <summary>Whether a step has a value.</summary>
    public bool Has(int step) => (Presence.Span[step >> 6] >> (step & 63) & 1) != 0;
}
