using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.PromQL.Execution;

/// <summary>The newest samples of the series around the one that a worker asked for last: rows are mostly asked for in order, and a store answers for many at less. Owned by that worker.</summary>
internal sealed class LastSamples
{
    private const int ReadAhead = 64;

    private readonly Sample[] _samples = new Sample[ReadAhead];
    private ulong _found;
    private int _first;
    private int _count;

    /// <summary>The newest sample of a series in [minTime, maxTime], which are the same in each call.</summary>
    public bool TryGet(ISeriesSet set, int row, long minTime, long maxTime, out Sample sample)
    {
        if (row < _first || row >= _first + _count)
        {
            bool isNext = _count > 0 && row == _first + _count;
            _count = isNext ? Math.Min(ReadAhead, set.Count - row) : 1;
            _first = row;
            _found = set.ReadLast(row, minTime, maxTime, _samples.AsSpan(0, _count));
        }

        sample = _samples[row - _first];
        return (_found >> (row - _first) & 1) != 0;
    }
}
