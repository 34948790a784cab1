using Pharos.Access.Users;
using Pharos.Core.Contracts;

namespace Pharos.Access.Tokens;

/// <summary>The tokens, one document of the kind <c>tokens</c> each. Safe for any thread, and beside other processes.</summary>
public sealed class TokenStore
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "tokens";

    private readonly IDocumentStore _documents;
    private readonly TimeProvider _clock;

    /// <summary>The last list, read again when the store's revision moves. Replaced whole.</summary>
    private volatile TokenList? _list;

    /// <param name="documents">Where they are kept.</param>
    /// <param name="clock">Dates them.</param>
    public TokenStore(IDocumentStore documents, TimeProvider clock)
    {
        _documents = documents;
        _clock = clock;
    }

    /// <summary>All tokens, by name; and what stands where a token should be.</summary>
    public async ValueTask<TokenList> ListAsync(CancellationToken cancellationToken)
    {
        long revision = await _documents.GetRevisionAsync(Kind, cancellationToken).ConfigureAwait(false);
        if (_list is { } known && known.Revision == revision)
        {
            return known;
        }

        TokenList list = TokenDocument.ReadAll(await _documents.ListAsync(Kind, cancellationToken).ConfigureAwait(false));
        _list = list;
        return list;
    }

    /// <summary>Makes a token. Its text is in the answer and nowhere else: it cannot be had again.</summary>
    /// <param name="name">Unique among tokens.</param>
    /// <param name="scope">What it is good for.</param>
    /// <param name="lifetime">From now on; null for ever.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <exception cref="AccessException">The name is refused or taken, or the lifetime is.</exception>
    public async Task<(Token Token, string Text)> CreateAsync(string name, TokenScope scope, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        if (UserName.Check(name) is string reason)
        {
            throw new AccessException(reason);
        }

        DateTimeOffset now = _clock.GetUtcNow();
        if (lifetime <= TimeSpan.Zero || lifetime > DateTimeOffset.MaxValue - now)
        {
            throw new AccessException("a token lives for some time, or never expires");
        }

        (string identifier, string secret) = TokenSecret.Make();
        var token = new Token(name, identifier, scope, now, now + lifetime, TokenSecret.Hash(secret), 0);
        try
        {
            Document document = await _documents
                .WriteAsync(Kind, name, TokenDocument.Write(token), DocumentVersion.Absent, cancellationToken).ConfigureAwait(false);
            return (TokenDocument.Read(document), TokenSecret.Join(identifier, secret));
        }
        catch (DocumentConflictException)
        {
            throw new AccessException($"token \"{name}\" exists already");
        }
    }

    /// <summary>Ends a token at once; a broken document is removed as well.</summary>
    /// <exception cref="AccessException">There is none of this name.</exception>
    public async Task RevokeAsync(string name, CancellationToken cancellationToken)
    {
        bool removed = UserName.Check(name) is null
            && await _documents.DeleteAsync(Kind, name, DocumentVersion.Any, cancellationToken).ConfigureAwait(false);
        if (!removed)
        {
            throw new AccessException($"there is no token \"{name}\"");
        }
    }
}
