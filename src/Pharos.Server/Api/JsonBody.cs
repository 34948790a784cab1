using System.Text.Json;

namespace Pharos.Server.Api;

/// <summary>The JSON in the body of a request, of bounded size and depth.</summary>
internal static class JsonBody
{
    private const int MaxDepth = 64;

    /// <summary>Reads the body; the caller disposes the document.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">More is refused.</param>
    /// <exception cref="JsonBodyException">It is too large or no JSON.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpContext context, int maxBytes)
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

        try
        {
            return JsonDocument.Parse(buffer.ToArray(), new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException e)
        {
            throw new JsonBodyException("the body is no JSON", StatusCodes.Status400BadRequest, e) { Line = (int)(e.LineNumber ?? 0) + 1, Column = (int)(e.BytePositionInLine ?? 0) + 1 };
        }
    }
}
