namespace Pharos.Config.Yaml;

/// <summary>Bounds on a YAML text, so that no file can take the process down.</summary>
/// <param name="MaxLength">Characters.</param>
/// <param name="MaxDepth">Levels of nesting.</param>
/// <param name="MaxNodes">Scalars, sequences and mappings, aliases followed.</param>
public sealed record YamlLimits(int MaxLength, int MaxDepth, int MaxNodes)
{
    /// <summary>Room for the largest generated configurations.</summary>
    public static YamlLimits Default { get; } = new(64 << 20, 100, 8_000_000);
}
