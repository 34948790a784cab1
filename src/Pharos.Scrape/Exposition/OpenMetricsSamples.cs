using Pharos.Core.Hashing;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Exposition;

/// <summary>Walks the samples of an OpenMetrics text in which every sample says its time, as files for backfilling do. What is kept is a few dozen bytes for each spelling of a series.</summary>
public static class OpenMetricsSamples
{
    /// <summary>Hands over every sample that is wanted, in order. Lines of start timestamps are series, exemplars are passed over, as upstream has it for files.</summary>
    /// <exception cref="ExpositionException">The text breaks the rules of its format, or a sample has no time.</exception>
    public static void Read(ReadOnlySpan<byte> text, IOpenMetricsSink sink, CancellationToken cancellationToken)
    {
        const int SamplesBetweenLooks = 4096;
        var hasher = KeyedHasher.CreateRandom();
        var known = new Dictionary<(Hash128, MetricType), int>();
        var strings = new StringInterner();
        var builder = new LabelsBuilder();
        var reader = new OpenMetricsReader(text);
        int samples = 0;
        while (reader.Next() is ExpositionEntry entry and not ExpositionEntry.End)
        {
            if (++samples % SamplesBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (entry != ExpositionEntry.Series)
            {
                continue;
            }

            if (!reader.HasTimestamp)
            {
                throw new ExpositionException("expected timestamp for series got none");
            }

            if (!sink.Wants(reader.Timestamp))
            {
                continue;
            }

            // The type says how bounds are spelled.
            (Hash128, MetricType) key = (hasher.Hash(reader.Series), reader.Type);
            if (!known.TryGetValue(key, out int series))
            {
                SeriesLabels.Decode(reader.Series, reader.Type, strings, builder);
                series = sink.Add(builder.ToLabels());
                known.Add(key, series);
            }

            sink.Add(series, reader.Timestamp, reader.Value);
        }
    }
}
