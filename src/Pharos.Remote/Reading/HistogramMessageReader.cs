using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Remote.Receiving;

namespace Pharos.Remote.Reading;

/// <summary>Reads histograms of answers into buffers.</summary>
internal static class HistogramMessageReader
{
    /// <summary>Adds the histogram to the buffer.</summary>
    /// <exception cref="InvalidDataException">It is malformed, or no histogram that fits together.</exception>
    public static void Read(ReadOnlySpan<byte> message, SampleBuffer buffer)
    {
        var read = new HistogramMessage();
        if (!read.TryRead(message, out string? malformed))
        {
            throw new InvalidDataException($"malformed message: {malformed}");
        }

        if (!read.TryGet(out NativeHistogram histogram, out string? error))
        {
            throw new InvalidDataException(error);
        }

        buffer.Add(read.Timestamp, histogram.ToFloat());
    }
}
