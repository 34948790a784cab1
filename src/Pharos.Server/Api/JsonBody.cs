using System.Text.Json;
using System.Text.Unicode;

namespace Pharos.Server.Api;

/// <summary>The JSON in the body of a request, of bounded size and depth.</summary>
internal static class JsonBody
{
    private const int MaxDepth = 64;

    /// <summary>Reads the body; the caller disposes the document.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">More is refused.</param>
    /// <exception cref="JsonBodyException">It is too large or no JSON, or has texts that are no Unicode.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpContext context, int maxBytes) => Parse(await ReadBytesAsync(context, maxBytes).ConfigureAwait(false));

    /// <summary>The body as it came.</summary>
    /// <exception cref="JsonBodyException">It is too large.</exception>
    public static async Task<byte[]> ReadBytesAsync(HttpContext context, int maxBytes)
    {
        using var buffer = new MemoryStream();
        byte[] chunk = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted).ConfigureAwait(false)) > 0)
        {
            if (buffer.Length + read > maxBytes)
            {
                throw new JsonBodyException($"the body has more than {maxBytes} bytes", StatusCodes.Status413PayloadTooLarge);
            }

            await buffer.WriteAsync(chunk.AsMemory(0, read), context.RequestAborted).ConfigureAwait(false);
        }

        return buffer.ToArray();
    }

    /// <summary>The caller disposes the document.</summary>
    /// <exception cref="JsonBodyException">It is no JSON, or has texts that are no Unicode.</exception>
    public static JsonDocument Parse(byte[] body)
    {
        try
        {
            CheckTexts(body);
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException e)
        {
            throw new JsonBodyException("the body is no JSON", StatusCodes.Status400BadRequest, e) { Line = (int)(e.LineNumber ?? 0) + 1, Column = (int)(e.BytePositionInLine ?? 0) + 1 };
        }
    }

    // The parser looks at structure only: a text that is no Unicode would fail where it is read, far behind.
    private static void CheckTexts(byte[] body)
    {
        if (!Utf8.IsValid(body))
        {
            throw new JsonBodyException("the body is not UTF-8", StatusCodes.Status400BadRequest);
        }

        if (body.AsSpan().IndexOf("\\u"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException e)
        {
            throw new JsonBodyException("a text of the body has half of a surrogate pair", StatusCodes.Status400BadRequest, e);
        }
    }
}
