using Pharos.Core.Samples;

namespace Pharos.PromQL.Functions;

/// <summary>
/// Upstream's mean: a compensated sum divided at the end, until the sum would overflow; from there on an incremental mean.
/// </summary>
internal struct MeanAccumulator
{
    private double _value;
    private double _compensation;
    private double _count;
    private bool _incremental;

    public MeanAccumulator(double first)
    {
        _value = first;
        _count = 1;
    }

    public readonly double Result => _incremental ? _value + _compensation : (_value / _count) + (_compensation / _count);

    public void Add(double value)
    {
        _count++;
        if (!_incremental)
        {
            double sum = _value;
            double compensation = _compensation;
            KahanSum.Add(value, ref sum, ref compensation);
            if (!double.IsInfinity(sum))
            {
                _value = sum;
                _compensation = compensation;
                return;
            }

            _incremental = true;
            _value /= _count - 1;
            _compensation /= _count - 1;
        }

        double weight = (_count - 1) / _count;
        _value *= weight;
        _compensation *= weight;
        KahanSum.Add(value / _count, ref _value, ref _compensation);
    }
}
