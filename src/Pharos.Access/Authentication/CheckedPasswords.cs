namespace Pharos.Access.Authentication;

/// <summary>
/// Remembers which passwords were found right, as keyed hashes of name, record and password: a changed record is another key, so nothing has to
/// be forgotten by hand. Bounded: what was not asked for while as many others came is gone. Wrong passwords are not remembered.
/// </summary>
internal sealed class CheckedPasswords
{
    private readonly int _halfCapacity;

    /// <summary>Guards both sets.</summary>
    private readonly Lock _lock = new();
    private HashSet<UInt128> _young = [];
    private HashSet<UInt128> _old = [];

    public CheckedPasswords(int capacity)
    {
        _halfCapacity = Math.Max(1, capacity / 2);
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _young.Count + _old.Count;
            }
        }
    }

    public bool Contains(UInt128 key)
    {
        lock (_lock)
        {
            if (_young.Contains(key))
            {
                return true;
            }

            if (!_old.Remove(key))
            {
                return false;
            }

            AddYoung(key);
            return true;
        }
    }

    public void Add(UInt128 key)
    {
        lock (_lock)
        {
            _old.Remove(key);
            AddYoung(key);
        }
    }

    private void AddYoung(UInt128 key)
    {
        if (_young.Count >= _halfCapacity)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young.Add(key);
    }
}
