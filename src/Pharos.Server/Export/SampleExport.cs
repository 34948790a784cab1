using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Server.Api;

namespace Pharos.Server.Export;

/// <summary>
/// All samples of the series that any of several selectors selects, written as they are read: what is held is a number for each series and the samples of one. Series come by metric
/// name, as OpenMetrics wants families whole, and within a name in the order of their creation. Used once; not thread-safe.
/// </summary>
internal sealed class SampleExport
{
    private readonly IReadOnlyList<IReadOnlyList<Matcher>> _selectors;
    private readonly ISampleTextWriter _writer;
    private readonly bool _hasMarkers;
    private readonly SampleBuffer _samples = new();

    /// <param name="selectors">A series of several is written once.</param>
    /// <param name="writer">The form.</param>
    /// <param name="hasMarkers">Whether the form can say staleness markers; otherwise they are left out, because a value in their place would be read as one.</param>
    public SampleExport(IReadOnlyList<IReadOnlyList<Matcher>> selectors, ISampleTextWriter writer, bool hasMarkers)
    {
        _selectors = selectors;
        _writer = writer;
        _hasMarkers = hasMarkers;
    }

    /// <summary>Native histograms that the form could not say.</summary>
    public long HistogramsLeftOut { get; private set; }

    /// <summary>Writes the samples in [minTime, maxTime], sending as it goes.</summary>
    public async Task WriteAsync(ISeriesQuerier querier, ResponseBody body, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        List<ISeriesSet> sets = [.. _selectors.Select(selector => querier.Select(new SeriesSelection(selector, minTime, maxTime), cancellationToken))];
        _writer.Begin(body);
        foreach ((int set, int index) in InOrderOfNames(sets))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Labels labels = sets[set].GetLabels(index);
            if (IsWrittenBefore(set, labels))
            {
                continue;
            }

            sets[set].Read(index, minTime, maxTime, _samples);
            _writer.BeginSeries(labels);
            for (int i = 0; i < _samples.Count; i++)
            {
                Write(body, i);
                await body.FlushIfFullAsync().ConfigureAwait(false);
            }
        }

        _writer.End(body);
    }

    private void Write(ResponseBody body, int index)
    {
        long timestamp = _samples.Timestamps[index];
        double value = _samples.Values[index];
        FloatHistogram? histogram = _samples.HasHistograms ? _samples.Histograms[index] : null;
        if (Staleness.IsMarker(value) && !_hasMarkers)
        {
            return;
        }

        if (histogram is null)
        {
            _writer.Write(body, timestamp, value);
        }
        else if (!_writer.TryWrite(body, timestamp, histogram))
        {
            HistogramsLeftOut++;
        }
    }

    private bool IsWrittenBefore(int set, Labels labels)
    {
        for (int i = 0; i < set; i++)
        {
            if (_selectors[i].All(matcher => matcher.Matches(labels[matcher.Name])))
            {
                return true;
            }
        }

        return false;
    }

    private static List<(int Set, int Index)> InOrderOfNames(List<ISeriesSet> sets)
    {
        var series = new List<(int Set, int Index)>(sets.Sum(static set => set.Count));
        var names = new List<string>(series.Capacity);
        for (int set = 0; set < sets.Count; set++)
        {
            uint[] ids = new uint[sets[set].Count];
            sets[set].GetLabelValueIds(Label.MetricName, ids);
            var texts = new Dictionary<uint, string>();
            for (int i = 0; i < ids.Length; i++)
            {
                ref string? text = ref CollectionsMarshal.GetValueRefOrAddDefault(texts, ids[i], out _); // used before the next change
                text ??= ids[i] == 0 ? "" : sets[set].GetLabelValue(ids[i]);
                series.Add((set, i));
                names.Add(text);
            }
        }

        int[] order = [.. Enumerable.Range(0, series.Count)];
        Array.Sort(order, (x, y) => Utf8Ordinal.Compare(names[x], names[y]) is not 0 and int byName ? byName : x - y);
        return [.. order.Select(i => series[i])];
    }
}
