namespace Pharos.Discovery;

/// <summary>
/// Runs the discoverers of named sets (a set is what one scrape job lists) and unites what they find. Over a change of configuration a discoverer
/// whose configuration stays goes on as it is. Thread-safe; <see cref="ApplyAsync"/> is called by one at a time.
/// </summary>
public sealed class DiscoveryManager : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly Action<string> _changed;
    private readonly Action<string, string> _failed;
    private volatile IReadOnlyDictionary<string, DiscoveryProvider[]> _sets = new Dictionary<string, DiscoveryProvider[]>();

    /// <summary>A manager without sets.</summary>
    /// <param name="time">Paces what is read again and again.</param>
    /// <param name="changed">Called with the name of a set whose groups changed, from any thread; must return soon.</param>
    /// <param name="failed">Called likewise with the name of a set and why one of its discoverers failed; once for as long as the reason stays.</param>
    public DiscoveryManager(TimeProvider time, Action<string> changed, Action<string, string> failed)
    {
        _time = time;
        _changed = changed;
        _failed = failed;
    }

    /// <summary>Starts what is new, stops what is gone and waits for its end. Targets of the configuration itself are there when this returns.</summary>
    public async Task ApplyAsync(IReadOnlyDictionary<string, IReadOnlyList<DiscoveryConfig>> sets)
    {
        var spare = new List<DiscoveryProvider>();
        var next = new Dictionary<string, DiscoveryProvider[]>(StringComparer.Ordinal);
        var started = new List<DiscoveryProvider>();
        foreach ((string name, IReadOnlyList<DiscoveryConfig> configs) in sets)
        {
            var left = new List<DiscoveryProvider>(_sets.GetValueOrDefault(name, []));
            next[name] = [.. configs.Select(config => Reuse(left, config) ?? Create(name, config, started))];
            spare.AddRange(left);
        }

        foreach ((string name, DiscoveryProvider[] providers) in _sets)
        {
            if (!next.ContainsKey(name))
            {
                spare.AddRange(providers);
            }
        }

        _sets = next;
        started.ForEach(static p => p.Start());
        foreach (DiscoveryProvider provider in spare)
        {
            await provider.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>All groups of a set now, in the order of its configuration; none when there is no such set.</summary>
    public IReadOnlyList<TargetGroup> GetGroups(string set) =>
        [.. _sets.GetValueOrDefault(set, []).SelectMany(static p => p.Groups())];

    /// <summary>How each way of discovery of a set does.</summary>
    public IReadOnlyList<DiscoveryStatus> GetStatus(string set) => [.. _sets.GetValueOrDefault(set, []).Select(static p => p.Status)];

    /// <summary>Stops all and waits for their end.</summary>
    public async ValueTask DisposeAsync() => await ApplyAsync(new Dictionary<string, IReadOnlyList<DiscoveryConfig>>()).ConfigureAwait(false);

    private static DiscoveryProvider? Reuse(List<DiscoveryProvider> left, DiscoveryConfig config)
    {
        string fingerprint = $"{config.Mechanism}/{config.Fingerprint}";
        int index = config.Fingerprint.Length == 0 ? -1 : left.FindIndex(p => p.Fingerprint == fingerprint);
        if (index < 0)
        {
            return null;
        }

        DiscoveryProvider provider = left[index];
        left.RemoveAt(index);
        return provider;
    }

    private DiscoveryProvider Create(string set, DiscoveryConfig config, List<DiscoveryProvider> started)
    {
        var provider = new DiscoveryProvider(config, DiscovererCatalog.Create(config, _time), () => _changed(set), error => _failed(set, error));
        started.Add(provider);
        return provider;
    }
}
