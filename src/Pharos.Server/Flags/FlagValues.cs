namespace Pharos.Server.Flags;

/// <summary>The flags of one command line: what was given, and the defaults of the rest. Checked already, so that reading a value does not fail.</summary>
internal sealed class FlagValues
{
    private readonly FlagCatalog _catalog;
    private readonly Dictionary<string, List<string>> _given;

    internal FlagValues(FlagCatalog catalog, Dictionary<string, List<string>> given)
    {
        _catalog = catalog;
        _given = given;
    }

    /// <summary>The definitions of the flags that were given, by name.</summary>
    public IEnumerable<FlagDefinition> Given => _catalog.All.Where(flag => _given.ContainsKey(flag.Name));

    /// <summary>Every flag and its text, as <c>/api/v1/status/flags</c> shows it.</summary>
    public IEnumerable<KeyValuePair<string, string>> All =>
        _catalog.All.Select(flag => KeyValuePair.Create(flag.Name, flag.IsSecret ? "<secret>" : Get(flag.Name)));

    public bool IsGiven(string name) => _given.ContainsKey(name);

    /// <summary>The text of a flag; several values are joined by commas.</summary>
    public string Get(string name) =>
        _given.TryGetValue(name, out List<string>? values) ? string.Join(',', values) : FlagValue.Normalize(Definition(name), Definition(name).Default);

    /// <summary>Each value of a repeatable flag.</summary>
    public IReadOnlyList<string> GetList(string name) =>
        _given.TryGetValue(name, out List<string>? values) ? values : Definition(name).Default is { Length: > 0 } text ? [text] : [];

    public bool IsOn(string name) => Get(name) == "true";

    public long GetInteger(string name) => FlagValue.ToInteger(Definition(name), Get(name));

    public long GetBytes(string name) => FlagValue.ToBytes(Definition(name), Get(name));

    public TimeSpan GetDuration(string name) =>
        Definition(name).Kind == FlagKind.GoDuration ? FlagValue.ToGoDuration(Definition(name), Get(name)) : FlagValue.ToDuration(Definition(name), Get(name));

    private FlagDefinition Definition(string name) => _catalog.Find(name) ?? throw new ArgumentException($"no flag {name} is defined", nameof(name));
}
