namespace Pharos.Server.Flags;

/// <summary>A set of flags by name.</summary>
internal sealed class FlagCatalog
{
    private readonly Dictionary<string, FlagDefinition> _byName;

    public FlagCatalog(IEnumerable<FlagDefinition> flags)
    {
        All = [.. flags.OrderBy(static flag => flag.Name, StringComparer.Ordinal)];
        _byName = All.ToDictionary(static flag => flag.Name, StringComparer.Ordinal);
    }

    /// <summary>The flags of <c>pharos serve</c>.</summary>
    public static FlagCatalog Serve { get; } = new([.. UpstreamFlags.All, .. OwnFlags.All]);

    /// <summary>By name.</summary>
    public IReadOnlyList<FlagDefinition> All { get; }

    public FlagDefinition? Find(string name) => _byName.GetValueOrDefault(name);
}
