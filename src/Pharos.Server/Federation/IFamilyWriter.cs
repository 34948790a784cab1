using System.Buffers;
using Pharos.Core.Labels;

namespace Pharos.Server.Federation;

/// <summary>Writes families of samples in one of the exposition formats. Used by one answer; not thread-safe.</summary>
internal interface IFamilyWriter
{
    /// <summary>Whether native histograms with exponential buckets have a form; those with custom buckets are written as classic ones everywhere.</summary>
    bool HasNativeHistograms { get; }

    /// <summary>Begins a family; the one before ends.</summary>
    void Begin(IBufferWriter<byte> output, string name, FamilyType type);

    /// <summary>Writes a sample of the family that was begun.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="labels">The labels in their order, without the metric name; empty values too.</param>
    /// <param name="sample">The sample, whose own labels do not matter.</param>
    void Write(IBufferWriter<byte> output, ReadOnlySpan<Label> labels, in FederatedSample sample);

    /// <summary>Ends the last family.</summary>
    void End(IBufferWriter<byte> output);
}
