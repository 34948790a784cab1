using System.Collections;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <summary>
/// The head's series of a selection, with what was deleted taken away and what came out of order put in. Made only where a selected series has either; runs of series that have
/// neither are read as if it were not there.
/// </summary>
internal sealed class AmendedSeriesSet : ISourceSet
{
    [ThreadStatic]
    private static SampleBuffer? _last;

    [ThreadStatic]
    private static OutOfOrderSamples? _late;

    private readonly HeadSeriesSet _head;
    private readonly BitArray _amended;

    private AmendedSeriesSet(HeadSeriesSet head, BitArray amended)
    {
        _head = head;
        _amended = amended;
    }

    public int Count => _head.Count;

    public bool HasMoreThanNumbers => _head.HasMoreThanNumbers || _head.Late is { HasHistograms: true };

    public long MinTime => _head.Late is null ? _head.MinTime : long.MinValue;

    public long MaxTime => _head.MaxTime;

    /// <summary>The set itself, or with amendments where there are any.</summary>
    public static ISourceSet Amend(HeadSeriesSet head)
    {
        if (head.Late is null && head.Deleted.IsEmpty)
        {
            return head;
        }

        var amended = new BitArray(head.Count);
        for (int i = 0; i < head.Count; i++)
        {
            uint reference = head.References[i];
            amended[i] = !head.Deleted.Of(reference).IsEmpty || (head.Late is not null && head.Late.Has(reference));
        }

        return amended.HasAnySet() ? new AmendedSeriesSet(head, amended) : head;
    }

    public void GetIdentities(Span<SeriesIdentity> identities) => _head.GetIdentities(identities);

    public Labels GetLabels(int index) => _head.GetLabels(index);

    public void GetLabelValueIds(string name, Span<uint> ids) => _head.GetLabelValueIds(name, ids);

    public void GetShapeIds(Span<uint> ids) => _head.GetShapeIds(ids);

    public IReadOnlyList<string> GetShapeLabelNames(uint shapeId) => _head.GetShapeLabelNames(shapeId);

    public string GetLabelValue(uint valueId) => _head.GetLabelValue(valueId);

    public void Read(int index, long minTime, long maxTime, SampleBuffer buffer)
    {
        _head.Read(index, minTime, maxTime, buffer);
        if (!_amended[index])
        {
            return;
        }

        uint reference = _head.References[index];
        SampleAmendments.Remove(buffer, _head.Deleted.Of(reference));
        if (_head.Late is { } snapshot)
        {
            OutOfOrderSamples late = _late ??= new OutOfOrderSamples();
            snapshot.Read(reference, minTime, maxTime, late);
            SampleAmendments.Merge(buffer, late);
        }
    }

    public void ReadSeveral(int first, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        if (!AnyAmended(first, buffers.Length))
        {
            _head.ReadSeveral(first, minTime, maxTime, buffers);
            return;
        }

        for (int i = 0; i < buffers.Length; i++)
        {
            Read(first + i, minTime, maxTime, buffers[i]);
        }
    }

    public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample)
    {
        if (!_amended[index])
        {
            return _head.TryReadLast(index, minTime, maxTime, out sample);
        }

        SampleBuffer buffer = _last ??= new SampleBuffer();
        Read(index, minTime, maxTime, buffer);
        sample = buffer.Count == 0 ? default : new Sample(buffer.Timestamps[^1], buffer.Values[^1]);
        return buffer.Count > 0;
    }

    public ulong ReadLast(int first, long minTime, long maxTime, Span<Sample> samples)
    {
        if (!AnyAmended(first, samples.Length))
        {
            return _head.ReadLast(first, minTime, maxTime, samples);
        }

        ulong found = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            found |= TryReadLast(first + i, minTime, maxTime, out samples[i]) ? 1UL << i : 0;
        }

        return found;
    }

    private bool AnyAmended(int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_amended[first + i])
            {
                return true;
            }
        }

        return false;
    }
}
