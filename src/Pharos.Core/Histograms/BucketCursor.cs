using System.Collections.Immutable;

namespace Pharos.Core.Histograms;

/// <summary>Walks the buckets of one sign, away from zero or towards it; ends early where spans and counts disagree.</summary>
internal struct BucketCursor
{
    private readonly ImmutableArray<BucketSpan> _spans;
    private readonly int _step;
    private readonly int _length;
    private int _span;
    private int _left;

    /// <summary>Stands before the first bucket, or with <paramref name="isReverse"/> behind the last one.</summary>
    public BucketCursor(ImmutableArray<BucketSpan> spans, int length, bool isReverse)
    {
        _spans = spans;
        _length = length;
        _step = isReverse ? -1 : 1;
        if (!isReverse)
        {
            _span = -1;
            Index = -1;
            Position = -1;
            return;
        }

        _span = spans.Length;
        Position = length;
        foreach (BucketSpan span in spans)
        {
            Index += span.Offset + span.Length;
        }
    }

    /// <summary>The index of the current bucket within the schema.</summary>
    public int Index { get; private set; }

    /// <summary>The place of the current bucket's count among the counts.</summary>
    public int Position { get; private set; }

    public bool MoveNext()
    {
        Index += _step;
        while (_left == 0)
        {
            // Going back, the gap to leave is that before the span just walked.
            int gap = _step > 0 || _span >= _spans.Length ? 0 : -_spans[_span].Offset;
            _span += _step;
            if ((uint)_span >= (uint)_spans.Length)
            {
                return false;
            }

            Index += _step > 0 ? _spans[_span].Offset : gap;
            _left = _spans[_span].Length;
        }

        Position += _step;
        _left--;
        return (uint)Position < (uint)_length;
    }
}
