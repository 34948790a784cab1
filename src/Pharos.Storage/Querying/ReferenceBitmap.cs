using System.Buffers;
using System.Numerics;

namespace Pharos.Storage.Querying;

/// <summary>A set of series as one bit per reference, from pooled memory. Not thread-safe.</summary>
internal readonly struct ReferenceBitmap : IDisposable
{
    private readonly ulong[] _words;
    private readonly int _length;

    /// <summary>An empty set of references up to <paramref name="last"/>.</summary>
    public ReferenceBitmap(uint last)
    {
        _length = (int)(last / 64) + 1;
        _words = ArrayPool<ulong>.Shared.Rent(_length);
        _words.AsSpan(0, _length).Clear();
    }

    /// <summary>Adds references; those above the last are left out.</summary>
    public void Add(ReadOnlySpan<uint> references)
    {
        ulong[] words = _words;
        foreach (uint reference in references)
        {
            uint word = reference / 64;
            if (word < (uint)_length)
            {
                words[word] |= 1UL << (int)(reference % 64);
            }
        }
    }

    /// <summary>Keeps those of the candidates that are in the set (or that are not), in place. Returns how many.</summary>
    public int Filter(Span<uint> candidates, bool keepMembers)
    {
        int kept = 0;
        foreach (uint candidate in candidates)
        {
            bool member = candidate / 64 < (uint)_length && ((_words[candidate / 64] >> (int)(candidate % 64)) & 1) != 0;
            if (member == keepMembers)
            {
                candidates[kept++] = candidate;
            }
        }

        return kept;
    }

    /// <summary>Writes the members, ascending, into a pooled array; returns how many.</summary>
    public int ToArray(out uint[] references)
    {
        int count = 0;
        foreach (ulong word in _words.AsSpan(0, _length))
        {
            count += BitOperations.PopCount(word);
        }

        references = ArrayPool<uint>.Shared.Rent(Math.Max(count, 1));
        int at = 0;
        for (int i = 0; i < _length; i++)
        {
            for (ulong word = _words[i]; word != 0; word &= word - 1)
            {
                references[at++] = ((uint)i * 64) + (uint)BitOperations.TrailingZeroCount(word);
            }
        }

        return count;
    }

    public void Dispose() => ArrayPool<ulong>.Shared.Return(_words);
}
