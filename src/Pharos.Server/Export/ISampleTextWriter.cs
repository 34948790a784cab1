using System.Buffers;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;

namespace Pharos.Server.Export;

/// <summary>
/// Writes samples as text, one line each, series after series: <see cref="Begin"/>, then for each series <see cref="BeginSeries"/> and its samples in any order, at last
/// <see cref="End"/>. Used by one stream; not thread-safe. A call writes at most a line and what the labels need, so the caller may send what has gathered between any two calls.
/// </summary>
internal interface ISampleTextWriter
{
    /// <summary>The type of the text, for <c>Content-Type</c>.</summary>
    string ContentType { get; }

    /// <summary>Writes what stands before all series.</summary>
    void Begin(IBufferWriter<byte> output);

    /// <summary>Says whose samples come next.</summary>
    void BeginSeries(Labels labels);

    /// <summary>Writes a number; staleness markers too, as the format can.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    /// <param name="value">The value.</param>
    void Write(IBufferWriter<byte> output, long timestamp, double value);

    /// <summary>Writes a native histogram; false, and nothing is written, where the format has none.</summary>
    bool TryWrite(IBufferWriter<byte> output, long timestamp, FloatHistogram histogram);

    /// <summary>Writes what stands after all series. Without it the text is known as cut off, where the format can tell.</summary>
    void End(IBufferWriter<byte> output);
}
