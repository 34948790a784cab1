using System.Diagnostics;

namespace Pharos.Config;

/// <summary>
/// A text that never shows: not by <see cref="ToString"/>, in a record's text, in a debugger, nor in JSON.
/// Only <see cref="Reveal"/> gives it, to the code that sends it to its owner.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct Secret : IEquatable<Secret>
{
    /// <summary>What is shown instead, as upstream.</summary>
    public const string Token = "<secret>";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _value;

    /// <summary>Hides a text.</summary>
    public Secret(string value)
    {
        _value = value;
    }

    /// <summary>Whether nothing is hidden.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_value);

    public static bool operator ==(Secret left, Secret right) => left.Equals(right);

    public static bool operator !=(Secret left, Secret right) => !left.Equals(right);

    /// <summary>The text itself. Never log it, never answer it.</summary>
    public string Reveal() => _value ?? "";

    /// <summary><see cref="Token"/>, or nothing where nothing is hidden.</summary>
    public override string ToString() => IsEmpty ? "" : Token;

    /// <inheritdoc/>
    public bool Equals(Secret other) => string.Equals(Reveal(), other.Reveal(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Secret other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Reveal().GetHashCode(StringComparison.Ordinal);
}
