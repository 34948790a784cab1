using System.Buffers;
using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>
/// <c>sum</c> and <c>avg</c> of values that may be histograms: numbers go into the fold of numbers, histograms into a total of the group and step. A step
/// with both has no result.
/// </summary>
internal sealed class MixedFold : PartialFold
{
    private readonly GroupFold _numbers;
    private readonly HistogramTotal?[] _totals;
    private readonly bool[] _isMixed;
    private readonly int _groups;
    private readonly int _steps;
    private readonly bool _isMean;

    public MixedFold(AggregateOp op, int groups, int steps)
    {
        _groups = groups;
        _steps = steps;
        _isMean = op == AggregateOp.Avg;
        _numbers = GroupFold.Create(op, groups, steps);
        _totals = new HistogramTotal?[checked(groups * steps)];
        _isMixed = new bool[_totals.Length];
    }

    /// <summary>Bytes that a group and step take with histograms of some 30 buckets.</summary>
    public static int BytesPerCell => 1024;

    /// <summary>Adds a row to its group; the index of the row is for messages about it.</summary>
    public void Add(int group, int row, RowSpan values)
    {
        ulong[] rented = ArrayPool<ulong>.Shared.Rent(values.Present.Length);
        Span<ulong> numbers = rented.AsSpan(0, values.Present.Length);
        values.CopyNumbersPresent(numbers);
        for (int s = 0; s < values.Steps; s++)
        {
            if (!values.Has(s))
            {
                continue;
            }

            int cell = (group * _steps) + s;
            if (values.Histograms[s] is { } histogram)
            {
                AddHistogram(cell, row, histogram, _numbers.Has(group, s));
            }
            else if (!AcceptsNumber(cell))
            {
                numbers[s >> 6] &= ~(1UL << (s & 63));
            }
        }

        _numbers.Add(group, new RowSpan(values.Values, numbers, values.Steps));
        ArrayPool<ulong>.Shared.Return(rented);
    }

    public override void Merge(PartialFold later)
    {
        var other = (MixedFold)later;
        for (int group = 0; group < _groups; group++)
        {
            for (int s = 0; s < _steps; s++)
            {
                MergeCell((group * _steps) + s, other, _numbers.Has(group, s), other._numbers.Has(group, s));
            }
        }

        _numbers.Merge(other._numbers);
    }

    /// <summary>The aggregates; tells what was found on the way.</summary>
    public RowTable Finish(MixedFoldNotices notices)
    {
        RowTable numbers = _numbers.Finish();
        var table = new RowTable(_groups, _steps, hasHistograms: true);
        for (int group = 0; group < _groups; group++)
        {
            RowSpan row = table[group];
            numbers[group].CopyTo(row);
            for (int s = 0; s < _steps; s++)
            {
                FinishCell((group * _steps) + s, s, row, notices);
            }
        }

        return table;
    }

    // Upstream looks at nothing any more once histograms did not go together.
    private bool AcceptsNumber(int cell)
    {
        if (_totals[cell] is { } total)
        {
            _isMixed[cell] |= !total.IsIncompatible;
            return !total.IsIncompatible;
        }

        return true;
    }

    private void AddHistogram(int cell, int row, FloatHistogram histogram, bool isAfterNumber)
    {
        if (_totals[cell] is { } total)
        {
            total.Add(row, histogram);
        }
        else if (isAfterNumber)
        {
            _isMixed[cell] = true;
        }
        else
        {
            _totals[cell] = new HistogramTotal(_isMean, row, histogram);
        }
    }

    private void MergeCell(int cell, MixedFold other, bool hasNumber, bool otherHasNumber)
    {
        HistogramTotal? theirs = other._totals[cell];
        if (_totals[cell] is { } mine)
        {
            if (mine.IsIncompatible)
            {
                return;
            }

            _isMixed[cell] |= otherHasNumber || other._isMixed[cell];
            if (theirs is not null)
            {
                mine.Merge(theirs);
            }
        }
        else if (hasNumber)
        {
            _isMixed[cell] |= theirs is not null || other._isMixed[cell];
        }
        else
        {
            _totals[cell] = theirs;
            _isMixed[cell] = other._isMixed[cell];
        }
    }

    private void FinishCell(int cell, int step, RowSpan row, MixedFoldNotices notices)
    {
        HistogramTotal? total = _totals[cell];
        if (total is not null)
        {
            notices.SeeAdditions(total);
        }

        if (_isMixed[cell])
        {
            notices.SeeMixed();
            row.Unset(step);
        }
        else if (total is { IsIncompatible: true })
        {
            row.Unset(step);
        }
        else if (total is not null)
        {
            notices.SeeResult(total);
            row.Set(step, total.ToHistogram());
        }
    }
}
