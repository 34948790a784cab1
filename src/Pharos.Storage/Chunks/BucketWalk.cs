using Pharos.Core.Histograms;

namespace Pharos.Storage.Chunks;

/// <summary>Goes through the buckets of one sign in the order of their indices, with what is in them.</summary>
internal ref struct BucketWalk
{
    private readonly ReadOnlySpan<BucketSpan> _spans;
    private readonly ReadOnlySpan<long> _values;
    private readonly bool _isInteger;
    private int _span;
    private int _left;
    private int _position;

    /// <param name="spans">Where the buckets are.</param>
    /// <param name="values">Differences of integers or bits of floats; may be empty where only the indices matter.</param>
    /// <param name="isInteger">Which of the two they are.</param>
    public BucketWalk(ReadOnlySpan<BucketSpan> spans, ReadOnlySpan<long> values, bool isInteger)
    {
        _spans = spans;
        _values = values;
        _isInteger = isInteger;
        _position = -1;
        Index = -1;
    }

    /// <summary>The bucket's index within the schema.</summary>
    public int Index { get; private set; }

    /// <summary>The bucket's place among the counts.</summary>
    public readonly int Position => _position;

    /// <summary>Whether there is a bucket at all; false behind the last one.</summary>
    public bool IsValid { get; private set; }

    /// <summary>What is in the bucket: a whole number, or the bits of a float.</summary>
    public long Count { get; private set; }

    public readonly bool IsEmpty => _isInteger ? Count == 0 : BitConverter.Int64BitsToDouble(Count) == 0;

    public bool MoveNext()
    {
        Index++;
        while (_left == 0)
        {
            if (_span == _spans.Length)
            {
                IsValid = false;
                return false;
            }

            Index += _spans[_span].Offset;
            _left = _spans[_span].Length;
            _span++;
        }

        _left--;
        _position++;
        IsValid = true;
        if (!_values.IsEmpty)
        {
            Count = _isInteger ? unchecked(Count + _values[_position]) : _values[_position];
        }

        return true;
    }

    /// <summary>Whether more is in this bucket than in the other.</summary>
    public readonly bool IsMoreThan(in BucketWalk other) =>
        _isInteger ? Count > other.Count : BitConverter.Int64BitsToDouble(Count) > BitConverter.Int64BitsToDouble(other.Count);
}
