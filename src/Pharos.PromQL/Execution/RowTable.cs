using System.Numerics;
using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>Rows held in memory: one array of values and one of presence bits for all of them.</summary>
internal sealed class RowTable
{
    private readonly int _stride;
    private readonly int _words;
    private readonly double[] _values;
    private readonly ulong[] _present;
    private readonly FloatHistogram?[] _histograms;

    /// <summary>Empty rows. The caller has asked <see cref="SampleBudget.CheckCells"/> for the size.</summary>
    public RowTable(int rows, int steps, bool hasHistograms = false)
    {
        Rows = rows;
        Steps = steps;
        _stride = RowSpan.Padded(steps);
        _words = RowSpan.Words(steps);
        _values = new double[checked(rows * _stride)];
        _present = new ulong[checked(rows * _words)];
        _histograms = hasHistograms ? new FloatHistogram?[checked(rows * steps)] : [];
        HasHistograms = hasHistograms;
    }

    public int Rows { get; }

    public int Steps { get; }

    /// <summary>Whether the rows have a column of histograms.</summary>
    public bool HasHistograms { get; }

    public RowSpan this[int row] => new(
        _values.AsSpan(row * _stride, _stride),
        _present.AsSpan(row * _words, _words),
        HasHistograms ? _histograms.AsSpan(row * Steps, Steps) : [],
        Steps);

    /// <summary>The values of a row, one a step, as they lie in memory.</summary>
    public ReadOnlyMemory<double> ValueMemory(int row) => _values.AsMemory(row * _stride, Steps);

    /// <summary>The presence bits of a row, as they lie in memory.</summary>
    public ReadOnlyMemory<ulong> PresenceMemory(int row) => _present.AsMemory(row * _words, _words);

    /// <summary>The histograms of a row as they lie in memory, null where a value is a number; empty in tables of numbers.</summary>
    public ReadOnlyMemory<FloatHistogram?> HistogramMemory(int row) => HasHistograms ? _histograms.AsMemory(row * Steps, Steps) : default;

    /// <summary>What the values of all rows count for against the limit of samples.</summary>
    public long CountSamples()
    {
        long count = 0;
        if (HasHistograms)
        {
            for (int row = 0; row < Rows; row++)
            {
                count += this[row].CountSamples();
            }

            return count;
        }

        foreach (ulong word in _present)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }
}
