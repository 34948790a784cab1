using Pharos.Core.Contracts;

namespace Pharos.Remote.Reading;

/// <summary>Gives value ids of one source the ids that are the same over all sources. Thread-safe.</summary>
internal sealed class FanoutIds
{
    private readonly RemoteSymbols _symbols;
    private readonly Lock _lock = new();
    private readonly Dictionary<uint, uint> _known = new() { [0] = 0 };

    public FanoutIds(RemoteSymbols symbols)
    {
        _symbols = symbols;
    }

    /// <summary>Replaces ids of the set's querier in place.</summary>
    public void Translate(ISeriesSet set, Span<uint> ids)
    {
        lock (_lock)
        {
            foreach (ref uint id in ids)
            {
                if (!_known.TryGetValue(id, out uint common))
                {
                    common = _symbols.IdOf(set.GetLabelValue(id));
                    _known.Add(id, common);
                }

                id = common;
            }
        }
    }
}
