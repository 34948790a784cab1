namespace Pharos.Config.Yaml;

/// <summary>The three shapes of YAML.</summary>
public enum YamlKind : byte
{
    Scalar = 0,
    Sequence = 1,
    Mapping = 2,
}
