using Pharos.Core.Contracts;

namespace Pharos.Access.Tokens;

/// <summary>A token as it is known after its making: everything but the secret. Immutable.</summary>
/// <param name="Name">Unique; how people call it.</param>
/// <param name="Identifier">The open part of its text, by which a token found somewhere can be matched.</param>
/// <param name="Scope">What it is good for.</param>
/// <param name="Created">UTC.</param>
/// <param name="Expires">UTC; from this moment on it is refused. Null for never.</param>
/// <param name="SecretHash">SHA-256 of the secret part. No salt and no stretching: the secret is 160 bits of chance.</param>
/// <param name="Version">Of the stored document.</param>
public sealed record Token(
    string Name, string Identifier, TokenScope Scope, DateTimeOffset Created, DateTimeOffset? Expires, ReadOnlyMemory<byte> SecretHash, long Version)
{
    /// <summary>How its text begins: the part that is no secret.</summary>
    public string Prefix => TokenSecret.Prefix + Identifier;

    /// <summary>Leaves the hash out, wherever the token is printed.</summary>
    public override string ToString() => $"token {Name} ({Prefix}, {Scope.ToWord()})";
}
