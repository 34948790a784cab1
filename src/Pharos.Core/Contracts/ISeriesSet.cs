using Pharos.Core.Samples;

namespace Pharos.Core.Contracts;

/// <summary>
/// The series of one selection, numbered 0 to <see cref="Count"/> - 1 in the order of their creation. Every member may be called from several threads at once,
/// with buffers of their own. Valid until the querier that gave it is disposed.
/// </summary>
/// <remarks>
/// Labels come as columns of ids, so that grouping and joining compare integers: two ids of one querier are equal exactly when the values are.
/// Id 0 is the empty value, that is, an absent label.
/// </remarks>
public interface ISeriesSet
{
    /// <summary>How many series were selected.</summary>
    int Count { get; }

    /// <summary>
    /// Whether a series may have histograms or start timestamps. Where not, readers take ways that know numbers alone; a source that can tell cheaply says no as often as it can.
    /// </summary>
    bool HasMoreThanNumbers { get; }

    /// <summary>The labels of one series. Makes strings: for results and messages, not for grouping.</summary>
    Labels.Labels GetLabels(int index);

    /// <summary>Writes, for each series, the id of its value of the label; <paramref name="ids"/> has <see cref="Count"/> places.</summary>
    void GetLabelValueIds(string name, Span<uint> ids);

    /// <summary>Writes, for each series, the id of its shape: series of one shape have the same label names.</summary>
    void GetShapeIds(Span<uint> ids);

    /// <summary>The label names of a shape, sorted.</summary>
    IReadOnlyList<string> GetShapeLabelNames(uint shapeId);

    /// <summary>The text of a label value id.</summary>
    string GetLabelValue(uint valueId);

    /// <summary>Replaces the buffer's content by the samples of one series in [minTime, maxTime], oldest first, staleness markers included.</summary>
    void Read(int index, long minTime, long maxTime, SampleBuffer buffer);

    /// <summary>Reads as many series as there are buffers, from one on, each as <see cref="Read"/> does: for sources that decode several at once at less than their sum.</summary>
    void ReadSeveral(int first, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        for (int i = 0; i < buffers.Length; i++)
        {
            Read(first + i, minTime, maxTime, buffers[i]);
        }
    }

    /// <summary>The newest sample of one series in [minTime, maxTime], a staleness marker included. Only for sets of numbers alone.</summary>
    bool TryReadLast(int index, long minTime, long maxTime, out Sample sample);

    /// <summary>
    /// The newest samples of several series, each as <see cref="TryReadLast"/> gives it: of as many as there are places, at most 64, from one on. Returns a bit for each series
    /// that has one; the other places mean nothing. Only for sets of numbers alone.
    /// </summary>
    ulong ReadLast(int first, long minTime, long maxTime, Span<Sample> samples)
    {
        ulong found = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            found |= TryReadLast(first + i, minTime, maxTime, out samples[i]) ? 1UL << i : 0;
        }

        return found;
    }
}
