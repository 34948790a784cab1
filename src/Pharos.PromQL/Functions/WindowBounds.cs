namespace Pharos.PromQL.Functions;

/// <summary>
/// The windows of a series over all steps. Series of one target have equal timestamps, so the bounds of the series before are kept and
/// used again when the timestamps are the same (one vectorised compare; 95 to 98 % of series). Owned by one worker.
/// </summary>
internal sealed class WindowBounds
{
    private readonly int[] _first;
    private readonly int[] _end;
    private readonly ulong[] _atLeastOne;
    private readonly ulong[] _atLeastTwo;
    private readonly int[] _strides;
    private long[] _timestamps = [];
    private int _count = -1;

    public WindowBounds(int steps, int place = 0)
    {
        Place = place;
        _first = new int[steps];
        _end = new int[steps];
        _atLeastOne = new ulong[RowSpan.Words(steps)];
        _atLeastTwo = new ulong[RowSpan.Words(steps)];
        _strides = new int[steps / 8];
    }

    public ReadOnlySpan<int> First => _first;

    public ReadOnlySpan<int> End => _end;

    /// <summary>The steps whose window has a sample.</summary>
    public ReadOnlySpan<ulong> AtLeastOne => _atLeastOne;

    /// <summary>The steps whose window has two samples or more.</summary>
    public ReadOnlySpan<ulong> AtLeastTwo => _atLeastTwo;

    /// <summary>Samples in the largest window.</summary>
    public int Largest { get; private set; }

    /// <summary>
    /// For each eight steps: by how many samples their windows advance, where these all have samples, equally many, and advance evenly; otherwise -1.
    /// Samples that come a little late now and then break only the blocks they fall into.
    /// </summary>
    public ReadOnlySpan<int> Strides => _strides;

    /// <summary>Counts the changes; kernels keep what they derived from the bounds as long as it stays.</summary>
    public int Version { get; private set; }

    /// <summary>Which of several windows that are kept at one time these are, from 0: kernels keep what they derived for each.</summary>
    public int Place { get; }

    /// <summary>Whether these are the windows over these timestamps.</summary>
    public bool Holds(ReadOnlySpan<long> timestamps) => _count == timestamps.Length && timestamps.SequenceEqual(_timestamps.AsSpan(0, _count));

    /// <summary>Finds the windows <c>(t - range, t]</c> of all steps.</summary>
    /// <param name="timestamps">Ascending, without staleness markers.</param>
    /// <param name="times">The right ends; step 0 for windows that all are the same.</param>
    /// <param name="range">Milliseconds.</param>
    public void Update(ReadOnlySpan<long> timestamps, StepTimes times, long range)
    {
        if (Holds(timestamps))
        {
            return;
        }

        Remember(timestamps);
        Find(timestamps, times, range);
        Describe();
        Version++;
    }

    private void Remember(ReadOnlySpan<long> timestamps)
    {
        if (_timestamps.Length < timestamps.Length)
        {
            _timestamps = new long[Math.Max(timestamps.Length, _timestamps.Length * 2)];
        }

        timestamps.CopyTo(_timestamps);
        _count = timestamps.Length;
    }

    private void Find(ReadOnlySpan<long> timestamps, StepTimes times, long range)
    {
        int first = 0;
        int end = 0;
        for (int s = 0; s < _first.Length; s++)
        {
            long right = times.At(s);
            long left = right - range;

            // No window reaches back before the beginning of time.
            left = left > right ? long.MinValue : left;
            while (end < timestamps.Length && timestamps[end] <= right)
            {
                end++;
            }

            while (first < end && timestamps[first] <= left)
            {
                first++;
            }

            _first[s] = first;
            _end[s] = end;
        }
    }

    private void Describe()
    {
        Array.Clear(_atLeastOne);
        Array.Clear(_atLeastTwo);
        int largest = 0;
        for (int s = 0; s < _first.Length; s++)
        {
            int count = _end[s] - _first[s];
            largest = Math.Max(largest, count);
            _atLeastOne[s >> 6] |= (count >= 1 ? 1UL : 0) << (s & 63);
            _atLeastTwo[s >> 6] |= (count >= 2 ? 1UL : 0) << (s & 63);
        }

        Largest = largest;
        for (int b = 0; b < _strides.Length; b++)
        {
            _strides[b] = StrideOf(b * 8);
        }
    }

    private int StrideOf(int from)
    {
        int count = _end[from] - _first[from];
        int stride = _first[from + 1] - _first[from];
        for (int s = from + 1; s < from + 8; s++)
        {
            if (_first[s] - _first[s - 1] != stride || _end[s] - _first[s] != count)
            {
                return -1;
            }
        }

        return count > 0 ? stride : -1;
    }
}
