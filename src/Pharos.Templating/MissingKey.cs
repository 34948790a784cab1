namespace Pharos.Templating;

/// <summary>What a key that a map does not have gives.</summary>
public enum MissingKey
{
    /// <summary>Nothing, which prints as <c>&lt;no value&gt;</c>.</summary>
    NoValue,

    /// <summary>The zero of the map's type.</summary>
    Zero,

    /// <summary>An error.</summary>
    Error,
}
