using System.Text.Json;
using Pharos.Access.Tokens;
using Pharos.Core.Contracts;
using Pharos.Server.Access;

namespace Pharos.Server.Api.Ui;

/// <summary><c>p/tokens</c>: what programs sign in with. The text of a token is in the answer that made it and nowhere else.</summary>
internal sealed class TokenEndpoints
{
    // As long as any calendar goes; beyond it, no end is meant.
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(36_500);

    private readonly PharosAccess _access;
    private readonly TimeProvider _clock;

    public TokenEndpoints(PharosAccess access, TimeProvider clock)
    {
        _access = access;
        _clock = clock;
    }

    public void Map(IEndpointRouteBuilder administering)
    {
        administering.MapUi(HttpMethods.Get, "tokens", WriteAsync);
        administering.MapUi(HttpMethods.Post, "tokens", AddAsync);
        administering.MapUi(HttpMethods.Delete, "tokens/{name}", RemoveAsync);
    }

    private async Task WriteAsync(HttpContext context)
    {
        TokenList tokens = await _access.Tokens.ListAsync(context.RequestAborted).ConfigureAwait(false);
        await UiAnswer.WriteAsync(context, _clock, json =>
        {
            json.WriteStartArray("tokens"u8);
            foreach (Token token in tokens.Tokens)
            {
                json.WriteStartObject();
                WriteFields(json, token);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    private async Task AddAsync(HttpContext context)
    {
        UiBody body = await UiBody.ReadAsync(context).ConfigureAwait(false);
        string name = body.Text("name");
        if (!TokenScopeWords.TryParse(body.Text("scope"), out TokenScope scope))
        {
            throw UiRequest.Expected("scope", TokenScopeWords.All);
        }

        TimeSpan? lifetime = null;
        if (body.OptionalNumber("expiresInSeconds") is { } seconds)
        {
            lifetime = seconds >= 1 && seconds <= MaxLifetime.TotalSeconds
                ? TimeSpan.FromSeconds(Math.Floor(seconds))
                : throw UiRequest.Expected("expiresInSeconds", "at least 1 second and at most a hundred years, or nothing for no end,");
        }

        TokenList tokens = await _access.Tokens.ListAsync(context.RequestAborted).ConfigureAwait(false);
        if (tokens.Tokens.Any(token => token.Name == name))
        {
            throw new UiRequestException(StatusCodes.Status409Conflict, "there is a token of this name already");
        }

        (Token added, string text) = await _access.Tokens.CreateAsync(name, scope, lifetime, CancellationToken.None).ConfigureAwait(false);
        await UiAnswer.WriteAsync(
            context,
            _clock,
            json =>
            {
                WriteFields(json, added);
                json.WriteString("secret"u8, text);
            },
            StatusCodes.Status201Created).ConfigureAwait(false);
    }

    private async Task RemoveAsync(HttpContext context)
    {
        string name = (string?)context.Request.RouteValues["name"] ?? "";
        TokenList tokens = await _access.Tokens.ListAsync(context.RequestAborted).ConfigureAwait(false);
        if (!tokens.Tokens.Any(token => token.Name == name))
        {
            throw new UiRequestException(StatusCodes.Status404NotFound, "there is no token of this name");
        }

        await _access.Tokens.RevokeAsync(name, CancellationToken.None).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static void WriteFields(Utf8JsonWriter json, Token token)
    {
        json.WriteString("name"u8, token.Name);
        json.WriteString("scope"u8, token.Scope.ToWord());
        json.WriteIfKnown("createdAt", token.Created);
        json.WriteIfKnown("expiresAt", token.Expires);
    }
}
