namespace Pharos.Core.Samples;

/// <summary>An example of what a series counted: a value with labels of its own, as the trace in which it occurred.</summary>
/// <param name="Labels">Sorted, without empty values; none of the series' own.</param>
/// <param name="Value">What was observed.</param>
/// <param name="Timestamp">Milliseconds since the Unix epoch; where nobody said one, the time of the sample.</param>
/// <param name="HasTimestamp">Whether the source said the timestamp. Of two exemplars without one, the timestamps are not compared.</param>
public readonly record struct Exemplar(Labels.Labels Labels, double Value, long Timestamp, bool HasTimestamp)
{
    /// <summary>How many characters (Unicode scalars) all label names and values together may have, by OpenMetrics.</summary>
    public const int MaxLabelLength = 128;

    /// <summary>Whether both say the same observation, as upstream decides it: NaN is like nothing.</summary>
    public bool IsSameAs(in Exemplar other) =>
        Value == other.Value && ((!HasTimestamp && !other.HasTimestamp) || Timestamp == other.Timestamp) && Labels.Equals(other.Labels);

    /// <summary>Timestamps before values before labels.</summary>
    public static int Compare(in Exemplar x, in Exemplar y)
    {
        int order = x.Timestamp.CompareTo(y.Timestamp);
        if (order == 0)
        {
            order = x.Value < y.Value ? -1 : x.Value > y.Value ? 1 : 0;
        }

        return order != 0 ? order : Core.Labels.Labels.Compare(x.Labels, y.Labels);
    }
}
