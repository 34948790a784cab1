using System.Runtime.InteropServices;
using System.Text;

namespace Pharos.Core.Matching.Expressions;

/// <summary>A set of code points as sorted ranges that neither touch nor overlap. Immutable.</summary>
internal sealed class CharClass : IEquatable<CharClass>
{
    public const int MaxRune = 0x10FFFF;

    // first, last, first, last, ...
    private readonly int[] _bounds;

    private CharClass(int[] bounds)
    {
        _bounds = bounds;
    }

    public static CharClass None { get; } = new([]);

    public static CharClass Any { get; } = new([0, MaxRune]);

    public static CharClass AnyButLineFeed { get; } = new([0, '\n' - 1, '\n' + 1, MaxRune]);

    public bool IsAny => _bounds is [0, MaxRune];

    /// <summary>How many code points are in the class.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            for (int i = 0; i < _bounds.Length; i += 2)
            {
                count += _bounds[i + 1] - _bounds[i] + 1;
            }

            return count;
        }
    }

    /// <summary>First and last code point of each range in turn.</summary>
    public ReadOnlySpan<int> Bounds => _bounds;

    /// <summary>Sorts and joins ranges given as first and last code point in turn.</summary>
    public static CharClass Of(List<(int First, int Last)> ranges)
    {
        ranges.Sort();
        var bounds = new List<int>(ranges.Count * 2);
        foreach ((int first, int last) in ranges)
        {
            if (bounds.Count > 0 && first <= bounds[^1] + 1)
            {
                bounds[^1] = Math.Max(bounds[^1], last);
            }
            else
            {
                bounds.Add(first);
                bounds.Add(last);
            }
        }

        return new CharClass([.. bounds]);
    }

    /// <summary>Everything else.</summary>
    public CharClass Negate()
    {
        var bounds = new List<int>(_bounds.Length + 2);
        int next = 0;
        for (int i = 0; i < _bounds.Length; i += 2)
        {
            if (_bounds[i] > next)
            {
                bounds.Add(next);
                bounds.Add(_bounds[i] - 1);
            }

            next = _bounds[i + 1] + 1;
        }

        if (next <= MaxRune)
        {
            bounds.Add(next);
            bounds.Add(MaxRune);
        }

        return new CharClass([.. bounds]);
    }

    public bool Contains(int rune)
    {
        int low = 0;
        int high = _bounds.Length / 2;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (rune > _bounds[(2 * middle) + 1])
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return 2 * low < _bounds.Length && rune >= _bounds[2 * low];
    }

    public bool Equals(CharClass? other) => other is not null && Bounds.SequenceEqual(other.Bounds);

    public override bool Equals(object? obj) => Equals(obj as CharClass);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(Bounds));
        return hash.ToHashCode();
    }

    /// <summary>Each code point as text. Surrogates, which no text holds, are left out.</summary>
    public IEnumerable<string> Texts()
    {
        for (int i = 0; i < _bounds.Length; i += 2)
        {
            for (int rune = _bounds[i]; rune <= _bounds[i + 1]; rune++)
            {
                if (Rune.IsValid(rune))
                {
                    yield return new Rune(rune).ToString();
                }
            }
        }
    }
}
