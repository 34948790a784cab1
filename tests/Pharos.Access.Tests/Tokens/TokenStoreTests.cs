using System.Text.Json;
using Pharos.Access.Tokens;
using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.Access.Tests.Tokens;

public sealed class TokenStoreTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryDocumentStore _documents;
    private readonly TokenStore _tokens;

    public TokenStoreTests()
    {
        _documents = new MemoryDocumentStore(_clock);
        _tokens = new TokenStore(_documents, _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_stored_as_a_hash_only()
    {
        (Token token, string text) = await _tokens.CreateAsync("ci", TokenScope.Read, TimeSpan.FromDays(30), Cancellation);
        Document? document = await _documents.ReadAsync(TokenStore.Kind, "ci", Cancellation);
        string secret = text[^32..];
        Assert.DoesNotContain(secret, document!.Content.GetRawText());
        Assert.DoesNotContain(secret, token.ToString());
        Assert.DoesNotContain(Convert.ToHexStringLower(token.SecretHash.Span), token.ToString());
        Assert.StartsWith(token.Prefix, text);
        Assert.Equal(_clock.GetUtcNow().AddDays(30), token.Expires);

        Token listed = Assert.Single((await _tokens.ListAsync(Cancellation)).Tokens);
        Assert.Equal((token.Name, token.Identifier, token.Scope, token.Created, token.Expires), (listed.Name, listed.Identifier, listed.Scope, listed.Created, listed.Expires));
        Assert.Equal(TokenSecret.Hash(secret), listed.SecretHash.ToArray());
    }

    [Fact]
    public async Task A_token_may_live_for_ever()
    {
        (Token token, _) = await _tokens.CreateAsync("ci", TokenScope.Ingest, null, Cancellation);
        Assert.Null(token.Expires);
        Assert.Null(Assert.Single((await _tokens.ListAsync(Cancellation)).Tokens).Expires);
    }

    [Fact]
    public async Task Names_are_taken_once_and_lifetimes_are_some_time()
    {
        await _tokens.CreateAsync("ci", TokenScope.Read, null, Cancellation);
        await Assert.ThrowsAsync<AccessException>(() => _tokens.CreateAsync("ci", TokenScope.Admin, null, Cancellation));
        await Assert.ThrowsAsync<AccessException>(() => _tokens.CreateAsync("", TokenScope.Admin, null, Cancellation));
        await Assert.ThrowsAsync<AccessException>(() => _tokens.CreateAsync("x", TokenScope.Admin, TimeSpan.Zero, Cancellation));
        await Assert.ThrowsAsync<AccessException>(() => _tokens.CreateAsync("x", TokenScope.Admin, TimeSpan.MaxValue, Cancellation));
    }

    [Fact]
    public async Task A_revoked_token_is_gone()
    {
        await _tokens.CreateAsync("ci", TokenScope.Read, null, Cancellation);
        await _tokens.RevokeAsync("ci", Cancellation);
        Assert.Empty((await _tokens.ListAsync(Cancellation)).Tokens);
        await Assert.ThrowsAsync<AccessException>(() => _tokens.RevokeAsync("ci", Cancellation));
    }

    [Theory]
    [InlineData("\"expires\"", "\"expired\"", "the field expires is missing")]
    [InlineData("\"read\"", "\"write\"", "scope is \"write\"")]
    [InlineData("\"sha256\":\"", "\"sha256\":\"x", "sha256 is not 64 hexadecimal digits")]
    [InlineData("\"identifier\":\"", "\"identifier\":\"!", "identifier is none")]
    public async Task A_broken_document_is_no_token(string good, string bad, string reason)
    {
        await _tokens.CreateAsync("ci", TokenScope.Read, TimeSpan.FromDays(1), Cancellation);
        Document? document = await _documents.ReadAsync(TokenStore.Kind, "ci", Cancellation);
        using var json = JsonDocument.Parse(document!.Content.GetRawText().Replace(good, bad));
        await _documents.WriteAsync(TokenStore.Kind, "ci", json.RootElement, DocumentVersion.Any, Cancellation);
        TokenList list = await _tokens.ListAsync(Cancellation);
        Assert.Empty(list.Tokens);
        Assert.StartsWith(reason, Assert.Single(list.Unreadable).Reason);
    }
}
