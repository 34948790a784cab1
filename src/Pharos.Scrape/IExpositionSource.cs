using System.Buffers;

namespace Pharos.Scrape;

/// <summary>A target inside the process: it writes its exposition instead of serving it. Used by one loop at a time.</summary>
public interface IExpositionSource
{
    /// <summary>As a Content-Type header would say it.</summary>
    string ContentType { get; }

    /// <summary>Writes the whole exposition. An exception fails the scrape; its message is shown.</summary>
    ValueTask WriteAsync(IBufferWriter<byte> output, CancellationToken cancellationToken);
}
