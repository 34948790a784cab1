using System.Runtime.InteropServices;
using System.Text;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;

namespace Pharos.Storage.Inspection;

/// <summary>Walks over the series of one block and counts. What is counted is upstream's <c>promtool tsdb analyze</c>.</summary>
public sealed class BlockAnalyzer
{
    private readonly Dictionary<string, Dictionary<string, Pair>> _names = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<Matcher> _matchers;
    private readonly double _blockMs;
    private readonly ChunkAnalysis? _chunks;
    private readonly SampleBuffer _buffer = new();
    private long _series;
    private long _labels;

    private BlockAnalyzer(BlockMeta meta, IReadOnlyList<Matcher> matchers, bool withChunks)
    {
        _blockMs = meta.MaxTime - meta.MinTime;
        _matchers = matchers;
        _chunks = withChunks ? new ChunkAnalysis() : null;
    }

    /// <summary>Analyzes a block.</summary>
    /// <param name="folder">The block's folder.</param>
    /// <param name="matchers">Only series for which all hold.</param>
    /// <param name="withChunks">Whether chunks are read too.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="CorruptionException">A file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static BlockAnalysis Analyze(string folder, IReadOnlyList<Matcher> matchers, bool withChunks, CancellationToken cancellationToken)
    {
        var block = new Block(folder);
        try
        {
            var analyzer = new BlockAnalyzer(block.Meta, matchers, withChunks);
            analyzer.Walk(block, cancellationToken);
            return analyzer.ToAnalysis();
        }
        finally
        {
            block.Release();
        }
    }

    private void Walk(Block block, CancellationToken cancellationToken)
    {
        var decoder = new LabelDecoder(block.Index.Symbols);
        var labels = new List<Label>();
        foreach (uint reference in block.Index.ReadAllSeries())
        {
            cancellationToken.ThrowIfCancellationRequested();
            SeriesEntry entry = block.Index.OpenSeries(reference);
            Decode(decoder.Read(ref entry), labels);
            if (!Matches(labels))
            {
                continue;
            }

            _series++;
            long minTime = long.MaxValue;
            long maxTime = long.MinValue;
            while (entry.MoveNextChunk())
            {
                minTime = Math.Min(minTime, entry.MinTime);
                maxTime = entry.MaxTime;
                if (_chunks is not null)
                {
                    Count(block.Chunks.Read(entry.Chunk, entry.MinTime, entry.MaxTime), block.Chunks.Folder);
                }
            }

            Count(labels, maxTime >= minTime ? _blockMs - (maxTime - minTime) : _blockMs);
        }
    }

    private static void Decode(ReadOnlySpan<byte> bytes, List<Label> labels)
    {
        labels.Clear();
        while (!bytes.IsEmpty)
        {
            LabelBytes.Read(ref bytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            labels.Add(new Label(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(value)));
        }
    }

    private bool Matches(List<Label> labels)
    {
        foreach (Matcher matcher in _matchers)
        {
            string value = labels.Find(label => string.Equals(label.Name, matcher.Name, StringComparison.Ordinal)).Value ?? "";
            if (!matcher.Matches(value))
            {
                return false;
            }
        }

        return true;
    }

    private void Count(List<Label> labels, double uncoveredMs)
    {
        foreach (Label label in labels)
        {
            if (!_names.TryGetValue(label.Name, out Dictionary<string, Pair>? values))
            {
                _names.Add(label.Name, values = new Dictionary<string, Pair>(StringComparer.Ordinal));
            }

            ref Pair pair = ref CollectionsMarshal.GetValueRefOrAddDefault(values, label.Value, out _); // written before the dictionary changes
            pair = new Pair(pair.Series + 1, pair.UncoveredMs + uncoveredMs);
            _labels++;
        }
    }

    private void Count(in ChunkView chunk, string folder)
    {
        if (chunk.Encoding is ChunkEncoding.Xor or ChunkEncoding.Xor2)
        {
            _chunks!.FloatSamples.Add(chunk.Count);
            _chunks.FloatBytes.Add(chunk.Length);
            return;
        }

        _buffer.Clear();
        if (!ChunkDecoder.TryAppend(chunk, long.MinValue, long.MaxValue, _buffer, out string? error))
        {
            throw new CorruptionException(folder, 0, error);
        }

        int buckets = 0;
        foreach (FloatHistogram? histogram in _buffer.Histograms)
        {
            buckets += histogram!.PositiveBuckets.Length + histogram.NegativeBuckets.Length;
        }

        _chunks!.HistogramSamples.Add(chunk.Count);
        _chunks.HistogramBytes.Add(chunk.Length);
        _chunks.HistogramBuckets.Add(buckets);
    }

    private BlockAnalysis ToAnalysis()
    {
        var pairChurn = new List<TsdbStatistic>();
        var nameChurn = new List<TsdbStatistic>();
        var pairSeries = new List<TsdbStatistic>();
        var valueBytes = new List<TsdbStatistic>();
        var values = new List<TsdbStatistic>();
        var metrics = new List<TsdbStatistic>();
        foreach ((string name, Dictionary<string, Pair> pairs) in _names)
        {
            foreach ((string value, Pair pair) in pairs)
            {
                pairChurn.Add(new TsdbStatistic($"{name}={value}", (long)(pair.UncoveredMs / _blockMs)));
                pairSeries.Add(new TsdbStatistic($"{name}={value}", pair.Series));
                if (name == Label.MetricName)
                {
                    metrics.Add(new TsdbStatistic(value, pair.Series));
                }
            }

            nameChurn.Add(new TsdbStatistic(name, (long)(pairs.Values.Sum(static pair => pair.UncoveredMs) / _blockMs)));
            valueBytes.Add(new TsdbStatistic(name, pairs.Keys.Sum(static value => (long)Encoding.UTF8.GetByteCount(value))));
            values.Add(new TsdbStatistic(name, pairs.Count));
        }

        return new BlockAnalysis
        {
            Series = _series,
            LabelNames = _names.Count,
            Labels = _labels,
            ChurnByLabelPair = pairChurn,
            ChurnByLabelName = nameChurn,
            SeriesByLabelPair = pairSeries,
            ValueBytesByLabelName = valueBytes,
            ValuesByLabelName = values,
            SeriesByMetricName = metrics,
            Chunks = _chunks,
        };
    }

    private readonly record struct Pair(long Series, double UncoveredMs);
}
