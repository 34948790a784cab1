using System.Buffers;
using Pharos.Core.Contracts;

namespace Pharos.Server.Api;

/// <summary>
/// Writes the labels of selected series as JSON objects. Series share their label names, and most of their values with others: a name is made into JSON once a shape, a value once
/// an answer, and a series copies the pieces. Not thread-safe; valid as long as the set.
/// </summary>
internal sealed class SeriesLabelsWriter
{
    private readonly ISeriesSet _set;
    private readonly uint[] _shapeOf;
    private readonly Dictionary<uint, Column[]> _shapes = [];
    private readonly Dictionary<string, uint[]> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, byte[]> _values = [];
    private readonly ArrayBufferWriter<byte> _scratch = new();

    public SeriesLabelsWriter(ISeriesSet set)
    {
        _set = set;
        _shapeOf = new uint[set.Count];
        set.GetShapeIds(_shapeOf);
    }

    /// <summary>Writes the labels of one series.</summary>
    public void Write(IBufferWriter<byte> body, int index)
    {
        uint shape = _shapeOf[index];
        if (!_shapes.TryGetValue(shape, out Column[]? columns))
        {
            columns = ColumnsOf(shape);
            _shapes.Add(shape, columns);
        }

        if (columns.Length == 0)
        {
            body.Write("{"u8);
        }

        foreach (Column column in columns)
        {
            ReadOnlySpan<byte> value = ValueOf(column.Values[index]);
            Span<byte> output = body.GetSpan(column.Name.Length + value.Length);
            column.Name.CopyTo(output);
            value.CopyTo(output[column.Name.Length..]);
            body.Advance(column.Name.Length + value.Length);
        }

        body.Write("}"u8);
    }

    private Column[] ColumnsOf(uint shape)
    {
        IReadOnlyList<string> names = _set.GetShapeLabelNames(shape);
        var columns = new Column[names.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            if (!_columns.TryGetValue(names[i], out uint[]? values))
            {
                values = new uint[_set.Count];
                _set.GetLabelValueIds(names[i], values);
                _columns.Add(names[i], values);
            }

            columns[i] = new Column([i == 0 ? (byte)'{' : (byte)',', .. Quote(names[i]), (byte)':'], values);
        }

        return columns;
    }

    private byte[] ValueOf(uint id)
    {
        if (!_values.TryGetValue(id, out byte[]? value))
        {
            value = Quote(_set.GetLabelValue(id)).ToArray();
            _values.Add(id, value);
        }

        return value;
    }

    private ReadOnlySpan<byte> Quote(string text)
    {
        _scratch.ResetWrittenCount();
        JsonText.WriteString(_scratch, text);
        return _scratch.WrittenSpan;
    }

    // A label name of a shape with the punctuation around it, and the value of each series of the set.
    private readonly record struct Column(byte[] Name, uint[] Values);
}
