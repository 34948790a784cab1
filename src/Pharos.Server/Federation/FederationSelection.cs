using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;

namespace Pharos.Server.Federation;

/// <summary>Finds the newest sample of every series that any of several selectors selects.</summary>
internal static class FederationSelection
{
    /// <summary>
    /// The samples in [minTime, maxTime], sorted by metric name and then by all labels, each series once. Those whose newest sample is a staleness marker are left out, which no
    /// exposition format can say.
    /// </summary>
    public static List<FederatedSample> Select(
        ISeriesQuerier querier, IReadOnlyList<IReadOnlyList<Matcher>> selectors, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        var samples = new List<FederatedSample>();
        HashSet<Labels>? seen = selectors.Count > 1 ? [] : null;
        var buffer = new SampleBuffer();
        // As upstream, a selector without matchers selects nothing.
        foreach (IReadOnlyList<Matcher> selector in selectors.Where(static selector => selector.Count > 0))
        {
            ISeriesSet set = querier.Select(new SeriesSelection(selector, minTime, maxTime), cancellationToken);
            for (int i = 0; i < set.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TryReadLast(set, i, minTime, maxTime, buffer, out FederatedSample sample) && (seen is null || seen.Add(sample.Labels)))
                {
                    samples.Add(sample);
                }
            }
        }

        samples.Sort(static (x, y) =>
        {
            int order = Utf8Ordinal.Compare(x.Labels.MetricName, y.Labels.MetricName);
            return order != 0 ? order : Labels.Compare(x.Labels, y.Labels);
        });
        return samples;
    }

    private static bool TryReadLast(ISeriesSet set, int index, long minTime, long maxTime, SampleBuffer buffer, out FederatedSample found)
    {
        found = default;
        if (!set.HasMoreThanNumbers)
        {
            if (!set.TryReadLast(index, minTime, maxTime, out Sample sample) || Staleness.IsMarker(sample.Value))
            {
                return false;
            }

            found = new FederatedSample(set.GetLabels(index), sample.Timestamp, sample.Value, null);
            return true;
        }

        set.Read(index, minTime, maxTime, buffer);
        if (buffer.Count == 0 || Staleness.IsMarker(buffer.Values[^1]))
        {
            return false;
        }

        found = new FederatedSample(set.GetLabels(index), buffer.Timestamps[^1], buffer.Values[^1], buffer.HasHistograms ? buffer.Histograms[^1] : null);
        return true;
    }
}
