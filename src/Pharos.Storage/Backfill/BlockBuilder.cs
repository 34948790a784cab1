using System.Runtime.InteropServices;
using System.Text;
using Pharos.Core.Labels;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Storage.Head;

namespace Pharos.Storage.Backfill;

/// <summary>
/// Gathers samples in memory and writes them as one block of numbers, with the chunks that promtool's <c>create-blocks-from</c> cuts. Samples of a series may come in any order; of several at
/// one time the first counts. For one thread; used once.
/// </summary>
public sealed class BlockBuilder
{
    /// <summary>Bytes that a sample takes until the block is written, with what writing takes for it.</summary>
    public const int BytesPerSample = 40;

    private readonly long _chunkRangeMs;
    private readonly Dictionary<Labels, int> _numbers = [];
    private readonly List<Labels> _series = [];
    private readonly List<(int Series, long Timestamp, double Value)> _samples = [];

    /// <param name="chunkRangeMs">Span of a chunk at most; chunks end at its multiples.</param>
    public BlockBuilder(long chunkRangeMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunkRangeMs);
        _chunkRangeMs = chunkRangeMs;
    }

    /// <summary>Samples gathered so far.</summary>
    public int Count => _samples.Count;

    /// <summary>The number of a series, for <see cref="Add"/>.</summary>
    public int GetOrAdd(Labels labels)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, labels, out bool exists); // nothing is added before it is set
        if (!exists)
        {
            number = _series.Count;
            _series.Add(labels);
        }

        return number;
    }

    /// <summary>Adds a sample.</summary>
    /// <param name="series">From <see cref="GetOrAdd"/>.</param>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    /// <param name="value">The value.</param>
    public void Add(int series, long timestamp, double value) => _samples.Add((series, timestamp, value));

    /// <summary>Writes the block into a folder of its own; null where there is no sample.</summary>
    /// <param name="parent">The folder that the block's folder is made in; it exists.</param>
    /// <param name="clock">Gives the block its name.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left of the block.</param>
    /// <exception cref="IOException">The disk is full, or refuses; nothing is left.</exception>
    public BlockMeta? Write(string parent, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (_samples.Count == 0)
        {
            return null;
        }

        var columns = new SampleColumns(CollectionsMarshal.AsSpan(_samples), _series.Count); // the list does not change any more
        int[] order = [.. Enumerable.Range(0, _series.Count).Where(columns.HasSamples)];
        Array.Sort(order, (x, y) => Labels.Compare(_series[x], _series[y]));

        Ulid ulid = Ulid.New(clock);
        using var writer = new BlockWriter(DiskFiles.Instance, parent, ulid);
        WriteSymbols(writer, order);
        var chunks = new ChunkCutter(_chunkRangeMs);
        (long minTime, long maxTime) = (long.MaxValue, long.MinValue);
        byte[] labelBytes = [];
        foreach (int series in order)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<long> timestamps = columns.TimestampsOf(series);
            minTime = Math.Min(minTime, timestamps[0]);
            maxTime = Math.Max(maxTime, timestamps[^1]);
            if (labelBytes.Length < LabelBytes.MaxLength(_series[series]))
            {
                labelBytes = new byte[2 * LabelBytes.MaxLength(_series[series])];
            }

            int length = LabelBytes.Encode(_series[series], labelBytes);
            writer.AddSeries(labelBytes.AsSpan(0, length), chunks.Cut(timestamps, columns.ValuesOf(series)));
        }

        return writer.Commit(new BlockMeta { Ulid = ulid, MinTime = minTime, MaxTime = maxTime + 1, Sources = [ulid] }, cancellationToken);
    }

    // The empty symbol comes first, as in every block that was made of a head.
    private void WriteSymbols(BlockWriter writer, int[] order)
    {
        var symbols = new HashSet<string>(StringComparer.Ordinal) { "" };
        foreach (int series in order)
        {
            foreach (Label label in _series[series].AsSpan())
            {
                symbols.Add(label.Name);
                symbols.Add(label.Value);
            }
        }

        foreach (string symbol in symbols.Order(Utf8Ordinal.Comparer))
        {
            writer.AddSymbol(Encoding.UTF8.GetBytes(symbol));
        }
    }
}
