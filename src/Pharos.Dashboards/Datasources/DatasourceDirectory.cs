namespace Pharos.Dashboards.Datasources;

/// <summary>The data sources that are known. Immutable.</summary>
public sealed class DatasourceDirectory
{
    private readonly Dictionary<string, Datasource> _byUid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Datasource> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="provisioned">Those of the files; the first of a uid or name counts.</param>
    public DatasourceDirectory(IReadOnlyList<Datasource> provisioned)
    {
        var all = new List<Datasource>();
        foreach (Datasource source in provisioned)
        {
            if (!_byUid.ContainsKey(source.Uid) && !_byName.ContainsKey(source.Name))
            {
                _byUid.Add(source.Uid, source);
                _byName.Add(source.Name, source);
                all.Add(source);
            }
        }

        if (!all.Exists(static source => source.IsBuiltIn))
        {
            Datasource own = Datasource.Own with { IsDefault = !all.Exists(static source => source.IsDefault) };
            _byUid.TryAdd(own.Uid, own);
            _byName.TryAdd(own.Name, own);
            all.Insert(0, own);
        }

        All = all;
        BuiltIn = all.Find(static source => source.IsBuiltIn)!;
    }

    /// <summary>Only the built-in one.</summary>
    public static DatasourceDirectory Empty { get; } = new([]);

    /// <summary>At least the built-in one.</summary>
    public IReadOnlyList<Datasource> All { get; }

    /// <summary>The first that means this server.</summary>
    public Datasource BuiltIn { get; }

    /// <summary>By uid, else by name; null when there is none.</summary>
    public Datasource? Find(string uidOrName) => _byUid.GetValueOrDefault(uidOrName) ?? _byName.GetValueOrDefault(uidOrName);

    /// <summary>By uid; null when there is none.</summary>
    public Datasource? FindUid(string uid) => _byUid.GetValueOrDefault(uid);

    /// <summary>By name, in any case; null when there is none.</summary>
    public Datasource? FindName(string name) => _byName.GetValueOrDefault(name);
}
