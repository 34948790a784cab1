namespace Pharos.Core.Labels;

/// <summary>How a name that is not of the legacy form is written for a client that knows only that form; the <c>escaping</c> parameter of content types.</summary>
public enum NameEscaping : byte
{
    /// <summary><c>allow-utf-8</c>: as it is.</summary>
    None = 0,

    /// <summary><c>underscores</c>: every other character is an underscore. Cannot be undone.</summary>
    Underscores,

    /// <summary><c>dots</c>: a dot is <c>_dot_</c>, an underscore two, any other character two underscores.</summary>
    Dots,

    /// <summary><c>values</c>: <c>U__</c> before the name, underscores doubled, other characters as <c>_hex_</c>.</summary>
    Values,
}
