namespace Pharos.Scrape.Http;

/// <summary>A body is larger than the job's <c>body_size_limit</c>, or than any may be.</summary>
internal sealed class BodySizeLimitException() : Exception(Text)
{
    public const string Text = "body size limit exceeded";
}
