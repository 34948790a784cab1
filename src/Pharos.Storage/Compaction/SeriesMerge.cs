using Pharos.Storage.Blocks;

namespace Pharos.Storage.Compaction;

/// <summary>The series of several inputs, ascending by labels; those that have the same labels come at once. For one thread.</summary>
internal sealed class SeriesMerge : IDisposable
{
    private readonly List<IChunkSeriesCursor> _cursors = [];
    private readonly List<IChunkSeriesCursor> _live = [];
    private readonly List<IChunkSeriesCursor> _current = [];

    public SeriesMerge(IEnumerable<IBlockInput> inputs, long minTime, long maxTime)
    {
        foreach (IBlockInput input in inputs)
        {
            IChunkSeriesCursor cursor = input.OpenSeries(minTime, maxTime);
            _cursors.Add(cursor);
            _current.Add(cursor);
        }
    }

    /// <summary>The inputs that have the series, in their order; at least one after <see cref="MoveNext"/>.</summary>
    public IReadOnlyList<IChunkSeriesCursor> Current => _current;

    /// <summary>Goes to the next series, or says that there is none.</summary>
    public bool MoveNext()
    {
        foreach (IChunkSeriesCursor cursor in _current)
        {
            bool isNew = !_live.Contains(cursor);
            if (cursor.MoveNext())
            {
                if (isNew)
                {
                    _live.Add(cursor);
                }
            }
            else if (!isNew)
            {
                _live.Remove(cursor);
            }
        }

        _current.Clear();
        foreach (IChunkSeriesCursor cursor in _live)
        {
            if (_current.Count > 0 && cursor.LabelBytes.SequenceEqual(_current[0].LabelBytes))
            {
                _current.Add(cursor);
            }
            else if (_current.Count == 0 || LabelOrder.Compare(cursor.LabelBytes, _current[0].LabelBytes) < 0)
            {
                _current.Clear();
                _current.Add(cursor);
            }
        }

        return _current.Count > 0;
    }

    public void Dispose()
    {
        foreach (IChunkSeriesCursor cursor in _cursors)
        {
            cursor.Dispose();
        }
    }
}
