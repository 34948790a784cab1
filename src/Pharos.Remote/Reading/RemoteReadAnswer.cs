using System.Buffers;
using Pharos.Core.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Reading;

/// <summary>The answer to one remote read request, made while it is sent. Used once, by one user.</summary>
public sealed class RemoteReadAnswer
{
    private const int ResultField = 1;
    private const int SeriesField = 1;
    private const int LabelField = 1;
    private const int SampleField = 2;
    private const int HistogramField = 4;

    private readonly ISeriesSource _source;
    private readonly IChunkCodec _codec;
    private readonly RemoteReadLimits _limits;
    private readonly ReadRequest _request;
    private readonly Labels _external;

    internal RemoteReadAnswer(ISeriesSource source, IChunkCodec codec, RemoteReadLimits limits, ReadRequest request, Labels external, bool isStream)
    {
        _source = source;
        _codec = codec;
        _limits = limits;
        _request = request;
        _external = external;
        IsStream = isStream;
    }

    /// <summary>Whether it is sent as <see cref="Frames"/>; otherwise as <see cref="Samples"/>.</summary>
    public bool IsStream { get; }

    /// <summary>The whole answer, compressed.</summary>
    /// <exception cref="RemoteReadException">A matcher is none, or there are more samples than allowed.</exception>
    public ReadOnlyMemory<byte> Samples(CancellationToken cancellationToken)
    {
        var message = new MessageWriter();
        var buffer = new SampleBuffer();
        long samples = 0;
        foreach (ReadQuery query in _request.Queries)
        {
            int result = message.Begin(ResultField);
            using ISeriesQuerier querier = _source.OpenQuerier();
            ISeriesSet set = Select(querier, query, cancellationToken);
            for (int i = 0; i < set.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                buffer.Clear();
                if (query.Hints?.Function != ReadHints.SeriesOnly)
                {
                    set.Read(i, query.Range.Start, query.Range.End, buffer);
                    if (buffer.Count == 0)
                    {
                        continue;
                    }
                }

                samples += buffer.Count;
                if (_limits.MaxSamples > 0 && samples > _limits.MaxSamples)
                {
                    throw new RemoteReadException(RemoteReadException.BadRequest, $"exceeded sample limit ({_limits.MaxSamples})");
                }

                WriteSeries(message, set.GetLabels(i), buffer);
            }

            message.End(result);
        }

        return Compress(message.Written.Span);
    }

    /// <summary>
    /// The frames of the stream, one after the other: each at most one series, series by series in the order of their labels. A frame is valid until the next is asked for.
    /// </summary>
    /// <exception cref="RemoteReadException">A matcher is none.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Frames(CancellationToken cancellationToken)
    {
        var frame = new ChunkFrame(_limits.MaxBytesInFrame);
        var buffer = new SampleBuffer();
        var chunk = new ArrayBufferWriter<byte>();
        for (int q = 0; q < _request.Queries.Count; q++)
        {
            ReadQuery query = _request.Queries[q];
            using ISeriesQuerier querier = _source.OpenQuerier();
            ISeriesSet set = Select(querier, query, cancellationToken);
            foreach ((Labels labels, int index) in Sorted(set))
            {
                cancellationToken.ThrowIfCancellationRequested();
                set.Read(index, query.Range.Start, query.Range.End, buffer);
                frame.BeginSeries(labels, _external, q);
                for (int at = 0; at < buffer.Count;)
                {
                    chunk.ResetWrittenCount();
                    int count = _codec.Encode(buffer, at, chunk, out byte encoding);
                    frame.Add(encoding, buffer.Timestamps[at], buffer.Timestamps[at + count - 1], chunk.WrittenSpan);
                    at += count;
                    if (frame.IsFull || at == buffer.Count)
                    {
                        yield return frame.Finish();
                    }
                }
            }
        }
    }

    private static List<(Labels Labels, int Index)> Sorted(ISeriesSet set)
    {
        var sorted = new List<(Labels Labels, int Index)>(set.Count);
        for (int i = 0; i < set.Count; i++)
        {
            sorted.Add((set.GetLabels(i), i));
        }

        sorted.Sort(static (x, y) => Labels.Compare(x.Labels, y.Labels));
        return sorted;
    }

    private static byte[] Compress(ReadOnlySpan<byte> message)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(SnappyBlock.MaxCompressedLength(message.Length));
        int length = SnappyBlock.Compress(message, scratch);
        byte[] compressed = scratch.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(scratch);
        return compressed;
    }

    private ISeriesSet Select(ISeriesQuerier querier, ReadQuery query, CancellationToken cancellationToken) => querier.Select(
        new SeriesSelection(ExternalLabelMerge.ForStore(query.Matchers, _external), query.Range.Start, query.Range.End), cancellationToken);

    private void WriteSeries(MessageWriter message, Labels labels, SampleBuffer buffer)
    {
        int series = message.Begin(SeriesField);
        ExternalLabelMerge.Write(message, LabelField, labels, _external);
        for (int i = 0; i < buffer.Count; i++)
        {
            if (buffer.HasHistograms && buffer.Histograms[i] is not null)
            {
                continue;
            }

            int sample = message.Begin(SampleField);
            message.Double(1, buffer.Values[i]);
            message.Number(2, (ulong)buffer.Timestamps[i]);
            message.End(sample);
        }

        for (int i = 0; buffer.HasHistograms && i < buffer.Count; i++)
        {
            if (buffer.Histograms[i] is { } histogram)
            {
                HistogramMessageWriter.Write(message, HistogramField, buffer.Timestamps[i], histogram);
            }
        }

        message.End(series);
    }
}
