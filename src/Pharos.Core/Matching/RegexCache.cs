namespace Pharos.Core.Matching;

/// <summary>
/// Keeps what was made of patterns lately. Two generations: what is asked for moves to the young one; when that is full the old one is forgotten.
/// Usable from any thread.
/// </summary>
internal sealed class RegexCache<T>(Func<string, T> make, Func<T, int> weigh)
    where T : class
{
    // With the states of their automata, at most 64 MB in all: 256 patterns of 250 KB.
    private const int MaxGenerationCount = 128;
    private const int MaxPatternLength = 32 * 1024;

    // Instructions: what is larger is made anew each time.
    private const int MaxWeight = 8 * 1024;

    // Guards both generations.
    private readonly Lock _lock = new();
    private Dictionary<string, T> _young = new(StringComparer.Ordinal);
    private Dictionary<string, T> _old = new(StringComparer.Ordinal);

    /// <summary>What the pattern makes; what <c>make</c> throws passes through and is not kept.</summary>
    public T Get(string pattern)
    {
        if (pattern.Length > MaxPatternLength)
        {
            return make(pattern);
        }

        lock (_lock)
        {
            if (_young.TryGetValue(pattern, out T? known))
            {
                return known;
            }

            if (_old.TryGetValue(pattern, out known))
            {
                Keep(pattern, known);
                return known;
            }
        }

        T made = make(pattern);
        if (weigh(made) > MaxWeight)
        {
            return made;
        }

        lock (_lock)
        {
            Keep(pattern, made);
        }

        return made;
    }

    private void Keep(string pattern, T value)
    {
        if (_young.Count >= MaxGenerationCount)
        {
            _old = _young;
            _young = new Dictionary<string, T>(StringComparer.Ordinal);
        }

        _young[pattern] = value;
    }
}
