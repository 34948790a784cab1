using System.Buffers;
using Pharos.Scrape.Targets;

namespace Pharos.Scrape.Http;

/// <summary>Takes the body from a source inside the process; from there on it is a target like any other.</summary>
internal sealed class InProcessTargetClient(IExpositionSource source) : ITargetClient
{
    public ValueTask<string> FetchAsync(Target target, ScrapeBuffer buffer, CancellationToken cancellationToken) => FetchAsync(source, buffer, cancellationToken);

    public static async ValueTask<string> FetchAsync(IExpositionSource source, ScrapeBuffer buffer, CancellationToken cancellationToken)
    {
        try
        {
            await source.WriteAsync(new Writer(buffer), cancellationToken).ConfigureAwait(false);
            return source.ContentType;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ScrapeException(e.Message, e);
        }
    }

    public void Dispose()
    {
    }

    private sealed class Writer(ScrapeBuffer buffer) : IBufferWriter<byte>
    {
        public void Advance(int count) => buffer.Advance(count);

        public Memory<byte> GetMemory(int sizeHint = 0) => buffer.GetFree(Math.Max(sizeHint, 256));

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
