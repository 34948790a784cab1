namespace Pharos.Core.Matching.Expressions;

/// <summary>Collects ranges of code points into a class.</summary>
internal sealed class CharClassBuilder
{
    private readonly List<(int First, int Last)> _ranges = [];

    public CharClassBuilder Add(int first, int last)
    {
        _ranges.Add((first, last));
        return this;
    }

    public CharClassBuilder Add(CharClass other)
    {
        ReadOnlySpan<int> bounds = other.Bounds;
        for (int i = 0; i < bounds.Length; i += 2)
        {
            _ranges.Add((bounds[i], bounds[i + 1]));
        }

        return this;
    }

    /// <summary>Adds the range and, for letters, their other cases.</summary>
    public CharClassBuilder AddFolded(int first, int last)
    {
        _ranges.Add((first, last));
        CaseFolding.AddOtherCases(first, last, _ranges);
        return this;
    }

    public CharClassBuilder AddFolded(CharClass other)
    {
        ReadOnlySpan<int> bounds = other.Bounds;
        for (int i = 0; i < bounds.Length; i += 2)
        {
            AddFolded(bounds[i], bounds[i + 1]);
        }

        return this;
    }

    public CharClass Build() => CharClass.Of(_ranges);
}
