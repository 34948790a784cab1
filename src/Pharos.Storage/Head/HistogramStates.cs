using Pharos.Storage.Chunks;

namespace Pharos.Storage.Head;

/// <summary>
/// Beside the lines: of the series whose open chunk holds native histograms, what the next one is encoded against; and which series ever had any. Written under the commit lock
/// inside the gate, so that readers inside it see a whole state.
/// </summary>
internal sealed unsafe class HistogramStates : IDisposable
{
    private readonly Dictionary<uint, nint> _states = [];
    private ulong[] _known = [];

    /// <summary>Whether any series ever had histograms, or other samples that are more than numbers.</summary>
    public bool Any { get; private set; }

    /// <summary>Bytes held.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Series whose open chunk holds histograms.</summary>
    public int Count => _states.Count;

    /// <summary>The state of a series; null without.</summary>
    public HistogramState* Find(uint reference) => _states.TryGetValue(reference, out nint state) ? (HistogramState*)state : null;

    /// <summary>Remembers the state of a series that was made or renewed.</summary>
    /// <param name="reference">The series.</param>
    /// <param name="state">The new one, owned from now on; the one before is freed already, or the same.</param>
    /// <param name="bytesBefore">What the one before took.</param>
    public void Set(uint reference, HistogramState* state, long bytesBefore)
    {
        _states[reference] = (nint)state;
        HeldBytes += state->Bytes - bytesBefore;
        Note(reference);
    }

    /// <summary>Frees the state of a series, if there is one.</summary>
    public void Remove(uint reference)
    {
        if (_states.Remove(reference, out nint state))
        {
            HeldBytes -= ((HistogramState*)state)->Bytes;
            HistogramState.Free((HistogramState*)state);
        }
    }

    /// <summary>Notes that a series has chunks that are more than numbers.</summary>
    public void Note(uint reference)
    {
        int word = (int)(reference / 64);
        if (word >= _known.Length)
        {
            Array.Resize(ref _known, Math.Max(word + 1, _known.Length * 2));
        }

        _known[word] |= 1UL << (int)(reference % 64);
        Any = true;
    }

    /// <summary>Whether a series may have samples that are more than numbers.</summary>
    public bool IsNoted(uint reference)
    {
        ulong[] known = _known;
        int word = (int)(reference / 64);
        return word < known.Length && (known[word] & (1UL << (int)(reference % 64))) != 0;
    }

    /// <summary>Whether any of the series may have samples that are more than numbers.</summary>
    public bool IsAnyNoted(ReadOnlySpan<uint> references)
    {
        foreach (uint reference in references)
        {
            if (IsNoted(reference))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        foreach (nint state in _states.Values)
        {
            HistogramState.Free((HistogramState*)state);
        }

        _states.Clear();
    }
}
