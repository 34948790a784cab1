using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Pharos.Core.Histograms;

/// <summary>Makes spans of runs of buckets that come in the order of their starts; runs that touch, overlap or are near enough become one.</summary>
internal struct SpanListBuilder
{
    private readonly int _maxGap;
    private BucketSpan[] _spans;
    private int _count;
    private int _end;

    /// <summary>Starts without spans.</summary>
    /// <param name="capacity">How many spans are likely.</param>
    /// <param name="maxGap">The most buckets between two runs that become one span.</param>
    public SpanListBuilder(int capacity, int maxGap = 0)
    {
        _spans = capacity == 0 ? [] : new BucketSpan[capacity];
        _maxGap = maxGap;
    }

    public void Add(int start, int end)
    {
        if (_count > 0 && start - _end <= _maxGap)
        {
            int grown = Math.Max(0, end - _end);
            BucketSpan last = _spans[_count - 1];
            _spans[_count - 1] = last with { Length = last.Length + grown };
            _end += grown;
            return;
        }

        if (_count == _spans.Length)
        {
            Array.Resize(ref _spans, Math.Max(4, _count * 2));
        }

        _spans[_count++] = new BucketSpan(start - _end, end - start);
        _end = end;
    }

    /// <summary>The spans; the builder must not be used after.</summary>
    public readonly ImmutableArray<BucketSpan> ToSpans() =>
        ImmutableCollectionsMarshal.AsImmutableArray(_count == _spans.Length ? _spans : _spans[.._count]);
}
