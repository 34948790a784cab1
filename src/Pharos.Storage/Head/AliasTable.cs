using Pharos.Core.Hashing;

namespace Pharos.Storage.Head;

/// <summary>
/// Other spellings of label sets (another order of labels, longer varints) that senders were seen to use, by hash. Bounded: a sender that spells anew each time is parsed each
/// time. Usable from any thread.
/// </summary>
internal sealed class AliasTable
{
    private const int LeastLimit = 1 << 16;
    private readonly Lock _lock = new();
    private readonly Dictionary<Hash128, uint> _aliases = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The series of a spelling, or 0.</summary>
    public uint Find(Hash128 hash)
    {
        if (Count == 0)
        {
            return 0;
        }

        lock (_lock)
        {
            return _aliases.GetValueOrDefault(hash);
        }
    }

    /// <summary>Remembers a spelling, unless there are twice as many as series already.</summary>
    public void Add(Hash128 hash, uint series, int seriesCount)
    {
        lock (_lock)
        {
            if (_aliases.Count < Math.Max(LeastLimit, 2 * seriesCount) || _aliases.ContainsKey(hash))
            {
                _aliases[hash] = series;
                Volatile.Write(ref _count, _aliases.Count);
            }
        }
    }

    /// <summary>Forgets the spellings of dropped series.</summary>
    public void Remove(HashSet<uint> dropped)
    {
        lock (_lock)
        {
            foreach ((Hash128 hash, uint series) in _aliases)
            {
                if (dropped.Contains(series))
                {
                    _aliases.Remove(hash);
                }
            }

            Volatile.Write(ref _count, _aliases.Count);
        }
    }
}
