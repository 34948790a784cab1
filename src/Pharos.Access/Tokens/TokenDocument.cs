using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Core.Contracts;

namespace Pharos.Access.Tokens;

/// <summary>A token as it is stored; the name is the document's id.</summary>
internal static class TokenDocument
{
    public static JsonElement Write(Token token)
        => JsonSerializer.SerializeToElement(new JsonObject
        {
            ["identifier"] = token.Identifier,
            ["scope"] = token.Scope.ToWord(),
            ["created"] = token.Created.UtcDateTime,
            ["expires"] = token.Expires?.UtcDateTime,
            ["sha256"] = Convert.ToHexStringLower(token.SecretHash.Span),
        });

    /// <exception cref="FormatException">It is no token; the message holds no secret.</exception>
    public static Token Read(Document document)
    {
        JsonElement content = document.Content;
        string identifier = StoredFields.Text(content, "identifier");
        if (!TokenSecret.IsIdentifier(identifier))
        {
            throw new FormatException("identifier is none");
        }

        string scope = StoredFields.Text(content, "scope");
        if (!TokenScopeWords.TryParse(scope, out TokenScope parsed))
        {
            throw new FormatException($"scope is \"{scope}\", expected {TokenScopeWords.All}");
        }

        // Missing is not "never": a slip of the editor must not make a token eternal.
        if (!content.TryGetProperty("expires", out JsonElement expires))
        {
            throw new FormatException("the field expires is missing: expected a time, or null for never");
        }

        return new Token(
            document.Id,
            identifier,
            parsed,
            StoredFields.Time(content, "created"),
            expires.ValueKind == JsonValueKind.Null ? null : StoredFields.Time(content, "expires"),
            ReadHash(StoredFields.Text(content, "sha256")),
            document.Version);
    }

    public static TokenList ReadAll(DocumentList list)
    {
        (List<Token> tokens, List<UnreadableDocument> unreadable) = StoredFields.ReadAll(list, Read);
        return new TokenList(list.Revision, tokens, unreadable);
    }

    private static byte[] ReadHash(string text)
    {
        byte[] hash = new byte[SHA256.HashSizeInBytes];
        return text.Length == 2 * hash.Length && Convert.FromHexString(text, hash, out _, out int written) == System.Buffers.OperationStatus.Done && written == hash.Length
            ? hash
            : throw new FormatException("sha256 is not 64 hexadecimal digits");
    }
}
