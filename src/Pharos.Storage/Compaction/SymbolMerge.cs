using Pharos.Storage.Blocks;

namespace Pharos.Storage.Compaction;

/// <summary>The symbols of several inputs, each once, ascending. For one thread.</summary>
internal sealed class SymbolMerge : IDisposable
{
    private readonly List<ISymbolCursor> _cursors = [];
    private readonly List<ISymbolCursor> _live = [];

    public SymbolMerge(IEnumerable<IBlockInput> inputs)
    {
        foreach (IBlockInput input in inputs)
        {
            ISymbolCursor cursor = input.OpenSymbols();
            _cursors.Add(cursor);
            if (cursor.MoveNext())
            {
                _live.Add(cursor);
            }
        }
    }

    /// <summary>Adds all symbols to a block.</summary>
    public void CopyTo(BlockWriter writer, CancellationToken cancellationToken)
    {
        while (_live.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ISymbolCursor least = _live[0];
            for (int i = 1; i < _live.Count; i++)
            {
                if (_live[i].Current.SequenceCompareTo(least.Current) < 0)
                {
                    least = _live[i];
                }
            }

            writer.AddSymbol(least.Current);
            for (int i = _live.Count - 1; i >= 0; i--)
            {
                ISymbolCursor cursor = _live[i];
                bool isOther = cursor != least;
                if (isOther && cursor.Current.SequenceEqual(least.Current) && !cursor.MoveNext())
                {
                    _live.RemoveAt(i);
                }
            }

            if (!least.MoveNext())
            {
                _live.Remove(least);
            }
        }
    }

    public void Dispose()
    {
        foreach (ISymbolCursor cursor in _cursors)
        {
            cursor.Dispose();
        }
    }
}
