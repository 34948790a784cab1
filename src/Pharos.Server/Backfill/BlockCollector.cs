using Pharos.Core.Labels;
using Pharos.Scrape.Exposition;
using Pharos.Storage.Backfill;

namespace Pharos.Server.Backfill;

/// <summary>A later walk: takes the samples of a run of blocks, with labels added to every series.</summary>
internal sealed class BlockCollector : IOpenMetricsSink
{
    private readonly long _blockMs;
    private readonly long _first;
    private readonly long _end;
    private readonly IReadOnlyList<Label> _more;
    private readonly SortedDictionary<long, (BlockBuilder Builder, Dictionary<int, int> Series)> _blocks = [];
    private readonly List<Labels> _series = [];

    /// <param name="blockMs">Span of a block.</param>
    /// <param name="run">The starts of the first and the last block.</param>
    /// <param name="more">Set on every series; an empty value removes.</param>
    public BlockCollector(long blockMs, (long First, long Last) run, IReadOnlyList<Label> more)
    {
        _blockMs = blockMs;
        _first = run.First;
        _end = run.Last + blockMs - 1;
        _more = more;
    }

    /// <summary>The blocks by time.</summary>
    public IEnumerable<BlockBuilder> Blocks => _blocks.Values.Select(static block => block.Builder);

    public bool Wants(long timestamp) => timestamp >= _first && timestamp <= _end;

    public int Add(Labels series)
    {
        var builder = new LabelsBuilder(series);
        foreach (Label label in _more)
        {
            builder.Set(label.Name, label.Value);
        }

        _series.Add(builder.ToLabels());
        return _series.Count - 1;
    }

    public void Add(int series, long timestamp, double value)
    {
        long start = BackfillPlan.StartOf(timestamp, _blockMs);
        if (!_blocks.TryGetValue(start, out (BlockBuilder Builder, Dictionary<int, int> Series) block))
        {
            // Twice as long as the block, as promtool has it: it says where chunks end.
            block = (new BlockBuilder(2 * _blockMs), []);
            _blocks.Add(start, block);
        }

        if (!block.Series.TryGetValue(series, out int number))
        {
            number = block.Builder.GetOrAdd(_series[series]);
            block.Series.Add(series, number);
        }

        block.Builder.Add(number, timestamp, value);
    }
}
