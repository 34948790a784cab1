using System.Buffers;

namespace Pharos.Server.Api;

/// <summary>Successful answers of any length: the envelope around data that is written as it is made.</summary>
internal static class ApiAnswer
{
    // Upstream shows so many of each kind.
    private const int MaxAnnotations = 10;

    /// <summary>Answers 200 with the JSON value that <paramref name="writeData"/> writes.</summary>
    public static async Task WriteAsync(
        HttpContext context, Func<ResponseBody, ValueTask> writeData, IReadOnlyList<string>? warnings = null, IReadOnlyList<string>? infos = null)
    {
        using var body = new ResponseBody(context);
        body.Write("{\"status\":\"success\",\"data\":"u8);
        await writeData(body).ConfigureAwait(false);
        WriteAnnotations(body, "warning", warnings ?? []);
        WriteAnnotations(body, "info", infos ?? []);
        body.Write("}"u8);
        await body.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Answers 200 with a list of texts.</summary>
    public static Task WriteTextsAsync(HttpContext context, IReadOnlyList<string> texts, int limit, IReadOnlyCollection<string>? warnings = null)
    {
        bool isTruncated = limit > 0 && texts.Count > limit;
        int count = isTruncated ? limit : texts.Count;
        return WriteAsync(
            context,
            async body =>
            {
                body.Write("["u8);
                for (int i = 0; i < count; i++)
                {
                    if (i > 0)
                    {
                        body.Write(","u8);
                    }

                    JsonText.WriteString(body, texts[i]);
                    await body.FlushIfFullAsync().ConfigureAwait(false);
                }

                body.Write("]"u8);
            },
            [.. warnings ?? [], .. TruncationWarning(isTruncated)]);
    }

    /// <summary>What upstream says when a limit cut the answer.</summary>
    public static IReadOnlyList<string> TruncationWarning(bool isTruncated) => isTruncated ? ["results truncated due to limit"] : [];

    private static void WriteAnnotations(ResponseBody body, string kind, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        body.Write(kind == "info" ? ",\"infos\":["u8 : ",\"warnings\":["u8);
        for (int i = 0; i < Math.Min(texts.Count, MaxAnnotations); i++)
        {
            if (i > 0)
            {
                body.Write(","u8);
            }

            JsonText.WriteString(body, texts[i]);
        }

        if (texts.Count > MaxAnnotations)
        {
            body.Write(","u8);
            JsonText.WriteString(body, $"{texts.Count - MaxAnnotations} more {kind} annotations omitted");
        }

        body.Write("]"u8);
    }
}
