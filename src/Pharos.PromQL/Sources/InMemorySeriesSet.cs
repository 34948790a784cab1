using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.PromQL.Sources;

/// <summary>Selected series in memory.</summary>
internal sealed class InMemorySeriesSet(InMemorySeriesSource source, InMemorySeries[] series) : ISeriesSet
{
    public int Count => series.Length;

    public bool HasMoreThanNumbers => Array.Exists(series, static s => s.Histograms.Count > 0 || s.StartTimestamps.Count > 0);

    public Labels GetLabels(int index) => series[index].Labels;

    public void GetLabelValueIds(string name, Span<uint> ids)
    {
        for (int i = 0; i < series.Length; i++)
        {
            int at = Array.IndexOf(source.Shapes[(int)series[i].ShapeId], name);
            ids[i] = at < 0 ? 0 : series[i].ValueIds[at];
        }
    }

    public void GetShapeIds(Span<uint> ids)
    {
        for (int i = 0; i < series.Length; i++)
        {
            ids[i] = series[i].ShapeId;
        }
    }

    public IReadOnlyList<string> GetShapeLabelNames(uint shapeId) => source.Shapes[(int)shapeId];

    public string GetLabelValue(uint valueId) => source.Values[(int)valueId];

    public void Read(int index, long minTime, long maxTime, SampleBuffer buffer)
    {
        source.CountRead();
        InMemorySeries one = series[index];
        (int from, int to) = one.Range(minTime, maxTime);
        int count = Math.Max(0, to - from);
        buffer.Clear();
        buffer.EnsureCapacity(count);

        // The lists are filled before anything is read: the spans stay valid.
        CollectionsMarshal.AsSpan(one.Timestamps).Slice(from, count).CopyTo(buffer.TimestampArray);
        CollectionsMarshal.AsSpan(one.Values).Slice(from, count).CopyTo(buffer.ValueArray);
        buffer.Count = count;
        for (int i = 0; i < count; i++)
        {
            buffer.SetHistogram(i, one.Histograms.GetValueOrDefault(from + i));
            buffer.SetStartTimestamp(i, one.StartTimestamps.GetValueOrDefault(from + i));
        }
    }

    public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample)
    {
        InMemorySeries one = series[index];
        (int from, int to) = one.Range(minTime, maxTime);
        sample = from < to ? new Sample(one.Timestamps[to - 1], one.Values[to - 1]) : default;
        return from < to;
    }
}
