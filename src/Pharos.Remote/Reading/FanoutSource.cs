using Pharos.Core.Contracts;

namespace Pharos.Remote.Reading;

/// <summary>
/// The own store with other stores beside it, as one source. What the own store fails with is a failure; what others fail with is a warning. Thread-safe.
/// </summary>
public sealed class FanoutSource : ISeriesSource
{
    private readonly ISeriesSource _store;
    private volatile ISeriesSource[] _others = [];

    /// <summary>The own store alone.</summary>
    public FanoutSource(ISeriesSource store)
    {
        _store = store;
    }

    /// <summary>Which stores are asked beside it from now on; queries under way go on with those before.</summary>
    public void SetOthers(IEnumerable<ISeriesSource> others) => _others = [.. others];

    /// <inheritdoc/>
    public ISeriesQuerier OpenQuerier()
    {
        ISeriesSource[] others = _others;
        return others.Length == 0 ? _store.OpenQuerier() : new FanoutQuerier(_store.OpenQuerier(), [.. others.Select(static other => other.OpenQuerier())]);
    }
}
