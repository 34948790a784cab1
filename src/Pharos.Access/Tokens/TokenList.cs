using Pharos.Core.Contracts;

namespace Pharos.Access.Tokens;

/// <summary>All tokens at one moment. Immutable.</summary>
public sealed class TokenList
{
    private readonly Dictionary<string, Token> _byIdentifier = new(StringComparer.Ordinal);

    internal TokenList(long revision, IReadOnlyList<Token> tokens, IReadOnlyList<UnreadableDocument> unreadable)
    {
        Revision = revision;
        Tokens = tokens;
        Unreadable = unreadable;
        foreach (Token token in tokens)
        {
            // A copied file would be a second token of one identifier: the first by name counts.
            _byIdentifier.TryAdd(token.Identifier, token);
        }
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<Token> Tokens { get; }

    /// <summary>Documents that are no tokens; nothing is let in by them, and somebody should be told.</summary>
    public IReadOnlyList<UnreadableDocument> Unreadable { get; }

    internal long Revision { get; }

    internal Token? FindByIdentifier(string identifier) => _byIdentifier.GetValueOrDefault(identifier);
}
