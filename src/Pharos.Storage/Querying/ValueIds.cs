using Pharos.Storage.Head;
using Pharos.Storage.Index;

namespace Pharos.Storage.Querying;

/// <summary>
/// The label value ids of one querier that reads blocks: those of the head for texts that the head knows, ids of its own for the others, so that equal ids are equal texts
/// whichever part of the store they come from. Usable from any thread.
/// </summary>
/// <remarks>
/// A text of the head that was given out by its id is held until the end: the head would otherwise forget it with its last series and give the id to another text.
/// A text that the head learns after it was given an id of its own keeps that one: see <see cref="Refresh"/>.
/// Order of locks: that of this object, then the index lock of the head.
/// </remarks>
internal sealed class ValueIds : IDisposable
{
    private const uint Own = 0x8000_0000;
    private const long WishedBytes = 1L << 30;
    private readonly SeriesStore _store;
    private readonly Lock _lock = new();
    private readonly List<uint> _held = [];
    private readonly Dictionary<uint, uint> _renamed = [];
    private InternTable? _own;
    private long _additionsSeen;
    private bool _closed;

    public ValueIds(SeriesStore store)
    {
        _store = store;
    }

    /// <summary>Whether ids of the head mean another id here; see <see cref="Canonical"/>.</summary>
    public bool HasRenamed
    {
        get
        {
            lock (_lock)
            {
                return _renamed.Count > 0;
            }
        }
    }

    /// <summary>The id of a text; 0 of the empty one.</summary>
    public uint Get(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_own is not null && _own.TryFind(text, out uint id))
            {
                return id | Own;
            }

            if (TryHold(text, out id))
            {
                return id;
            }

            if (_own is null)
            {
                _own = new InternTable("label values of a query", _store.Hasher, WishedBytes);
                _additionsSeen = _store.Symbols.Additions;
            }

            return _own.Intern(text) | Own;
        }
    }

    /// <summary>
    /// Looks which texts with ids of their own the head has learnt since. Called after a set of the head was taken, so that none of its series has a text that is overlooked:
    /// a later set of a block finds the text in the head.
    /// </summary>
    public void Refresh()
    {
        lock (_lock)
        {
            long additions = _store.Symbols.Additions;
            if (_own is null || _closed || additions == _additionsSeen)
            {
                return;
            }

            _additionsSeen = additions;
            for (uint id = 1; id <= _own.Count; id++)
            {
                if (TryHold(_own.Get(id), out uint ofHead))
                {
                    _renamed[ofHead] = id | Own;
                }
            }
        }
    }

    /// <summary>Replaces ids of the head by those that their texts were given here.</summary>
    public void Canonical(Span<uint> ids)
    {
        lock (_lock)
        {
            if (_renamed.Count == 0)
            {
                return;
            }

            foreach (ref uint id in ids)
            {
                id = _renamed.GetValueOrDefault(id, id);
            }
        }
    }

    /// <summary>The text of an id.</summary>
    public string Text(uint id)
    {
        if (id < Own)
        {
            return _store.Text(id);
        }

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return System.Text.Encoding.UTF8.GetString(_own!.Get(id & ~Own));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            _own?.Dispose();
            ReleaseHeld();
        }
    }

    private bool TryHold(ReadOnlySpan<byte> text, out uint id)
    {
        _store.Index.EnterReadLock();
        try
        {
            if (!_store.Symbols.TryHold(text, out id))
            {
                return false;
            }

            _held.Add(id);
            return true;
        }
        finally
        {
            _store.Index.ExitReadLock();
        }
    }

    // Writers are kept waiting only for texts of which this was the last user.
    private void ReleaseHeld()
    {
        if (_held.Count == 0)
        {
            return;
        }

        _store.Index.EnterReadLock();
        try
        {
            _held.RemoveAll(_store.Symbols.TryUnhold);
        }
        finally
        {
            _store.Index.ExitReadLock();
        }

        if (_held.Count == 0)
        {
            return;
        }

        _store.Index.EnterWriteLock();
        try
        {
            _held.ForEach(_store.Symbols.Release);
            _held.Clear();
        }
        finally
        {
            _store.Index.ExitWriteLock();
        }
    }
}
