using System.Numerics;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>Rows held in memory: one array of values and one of presence bits for all of them.</summary>
internal sealed class RowTable
{
    private readonly int _stride;
    private readonly int _words;
    private readonly double[] _values;
    private readonly ulong[] _present;

    /// <summary>Empty rows. The caller has asked <see cref="SampleBudget.CheckCells"/> for the size.</summary>
    public RowTable(int rows, int steps)
    {
        Rows = rows;
        Steps = steps;
        _stride = RowSpan.Padded(steps);
        _words = RowSpan.Words(steps);
        _values = new double[checked(rows * _stride)];
        _present = new ulong[checked(rows * _words)];
    }

    public int Rows { get; }

    public int Steps { get; }

    public RowSpan this[int row] => new(_values.AsSpan(row * _stride, _stride), _present.AsSpan(row * _words, _words), Steps);

    /// <summary>The values of a row, one a step, as they lie in memory.</summary>
    public ReadOnlyMemory<double> ValueMemory(int row) => _values.AsMemory(row * _stride, Steps);

    /// <summary>The presence bits of a row, as they lie in memory.</summary>
    public ReadOnlyMemory<ulong> PresenceMemory(int row) => _present.AsMemory(row * _words, _words);

    /// <summary>How many values there are in all rows.</summary>
    public long CountPresent()
    {
        long count = 0;
        foreach (ulong word in _present)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }
}
