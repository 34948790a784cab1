using Pharos.Storage.Blocks;

namespace Pharos.Storage.Compaction;

/// <summary>Which blocks are too old or too many, by upstream's rules (tsdb/db.go). Settings can be changed at any time, from any thread; they count at the next look.</summary>
internal sealed class Retention
{
    private readonly CompactionCounters _counters;
    private readonly string _folder;
    private readonly Func<long> _headBytes;
    private readonly Func<string, long> _diskBytes;
    private readonly Action<TsdbMessage>? _log;
    private volatile RetentionLimits _limits = new(TimeSpan.Zero, 0, 0);

    /// <param name="folder">The data folder.</param>
    /// <param name="headBytes">Bytes on disk that are not in blocks: they count first.</param>
    /// <param name="diskBytes">Size of the disk that a folder is on; zero when that cannot be told.</param>
    /// <param name="counters">Counts.</param>
    /// <param name="log">Takes what an operator should read.</param>
    public Retention(string folder, Func<long> headBytes, Func<string, long> diskBytes, CompactionCounters counters, Action<TsdbMessage>? log)
    {
        _folder = folder;
        _headBytes = headBytes;
        _diskBytes = diskBytes;
        _counters = counters;
        _log = log;
    }

    public RetentionLimits Limits
    {
        get => _limits;
        set => _limits = value;
    }

    /// <summary>Names those of the blocks that are to go.</summary>
    public IEnumerable<Ulid> Choose(IReadOnlyList<Block> blocks)
    {
        RetentionLimits limits = _limits;
        List<Block> newestFirst = [.. blocks.OrderByDescending(static block => block.Meta.MaxTime)];
        int tooOld = FindTooOld(newestFirst, limits);
        int tooMany = FindTooMany(newestFirst, limits);
        for (int i = Math.Min(tooOld, tooMany); i < newestFirst.Count; i++)
        {
            yield return newestFirst[i].Meta.Ulid;
        }
    }

    // The first that ends a whole retention before the newest.
    private int FindTooOld(List<Block> newestFirst, RetentionLimits limits)
    {
        long retention = (long)limits.Time.TotalMilliseconds;
        for (int i = 1; i < newestFirst.Count && retention > 0; i++)
        {
            if (newestFirst[0].Meta.MaxTime - newestFirst[i].Meta.MaxTime >= retention)
            {
                _counters.AddTimeRetention();
                return i;
            }
        }

        return newestFirst.Count;
    }

    // The first that there is no room for.
    private int FindTooMany(List<Block> newestFirst, RetentionLimits limits)
    {
        long maxBytes = MaxBytes(limits);
        if (maxBytes <= 0)
        {
            return newestFirst.Count;
        }

        long bytes = _headBytes();
        for (int i = 0; i < newestFirst.Count; i++)
        {
            bytes += newestFirst[i].Length;
            if (bytes > maxBytes)
            {
                _counters.AddSizeRetention();
                return i;
            }
        }

        return newestFirst.Count;
    }

    private long MaxBytes(RetentionLimits limits)
    {
        if (limits.Percentage <= 0)
        {
            return limits.Bytes;
        }

        long disk = _diskBytes(_folder);
        if (disk <= 0)
        {
            _log?.Invoke(new TsdbMessage(TsdbSeverity.Warning, $"the size of the disk of {_folder} cannot be told: the limit as a percentage is left out"));
            return limits.Bytes;
        }

        return (long)(disk * limits.Percentage / 100);
    }
}
