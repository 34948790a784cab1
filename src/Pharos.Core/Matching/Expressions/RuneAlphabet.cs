namespace Pharos.Core.Matching.Expressions;

/// <summary>
/// Divides the code points into letters of an automaton's alphabet: code points that no instruction of the program tells apart are one letter. Immutable.
/// </summary>
internal sealed class RuneAlphabet
{
    private const int AsciiCount = 128;

    // Steps of dividing, about 0.1 s: only patterns made to be slow have more.
    private const long MaxWork = 5_000_000;

    private readonly ushort[] _ascii = new ushort[AsciiCount];
    private readonly int[] _starts;
    private readonly ushort[] _letters;
    private readonly int[] _samples;

    /// <summary>The alphabet of a program.</summary>
    /// <exception cref="RegexSyntaxException">The program has too many different classes.</exception>
    public RuneAlphabet(RegexProgram program)
    {
        HashSet<CharClass> classes = DistinctClasses(program);
        var starts = new SortedSet<int> { 0 };
        foreach (CharClass characters in classes)
        {
            AddStarts(characters, starts);
        }

        _starts = [.. starts];
        int[] groups = Divide(classes);
        var letterOf = new Dictionary<int, ushort>();
        _letters = new ushort[_starts.Length];
        var samples = new List<int>();
        for (int i = 0; i < _starts.Length; i++)
        {
            if (!letterOf.TryGetValue(groups[i], out ushort letter))
            {
                if (samples.Count > ushort.MaxValue)
                {
                    throw new RegexSyntaxException($"error parsing regexp: {RegexErrors.Large}: {samples.Count} kinds of characters");
                }

                letter = (ushort)samples.Count;
                letterOf.Add(groups[i], letter);
                samples.Add(_starts[i]);
            }

            _letters[i] = letter;
        }

        _samples = [.. samples];
        for (int rune = 0; rune < AsciiCount; rune++)
        {
            _ascii[rune] = Find(rune);
        }
    }

    /// <summary>How many letters there are, at most 65,536.</summary>
    public int Count => _samples.Length;

    /// <summary>A code point of the letter: what holds for it holds for the others.</summary>
    public int SampleOf(int letter) => _samples[letter];

    /// <summary>The letter of a code point.</summary>
    public int LetterOf(int rune) => rune < AsciiCount ? _ascii[rune] : Find(rune);

    private ushort Find(int rune)
    {
        int i = Array.BinarySearch(_starts, rune);
        return _letters[i < 0 ? ~i - 1 : i];
    }

    private static HashSet<CharClass> DistinctClasses(RegexProgram program)
    {
        HashSet<CharClass> classes = [.. program.Classes];
        foreach (int rune in program.Instructions.Where(static i => i.Op == RegexOp.Rune).Select(static i => i.Argument).Distinct())
        {
            classes.Add(new CharClassBuilder().Add(rune, rune).Build());
        }

        if (program.HasAssertions)
        {
            classes.Add(NamedClasses.Word);
            classes.Add(new CharClassBuilder().Add('\n', '\n').Build());
        }

        return classes;
    }

    private static void AddStarts(CharClass characters, SortedSet<int> starts)
    {
        ReadOnlySpan<int> bounds = characters.Bounds;
        for (int i = 0; i < bounds.Length; i += 2)
        {
            starts.Add(bounds[i]);
            starts.Add(Math.Min(bounds[i + 1] + 1, CharClass.MaxRune));
        }
    }

    // Divides the intervals by one class after the other: two intervals stay in one group as long as every class has both or none.
    private int[] Divide(HashSet<CharClass> classes)
    {
        int[] groups = new int[_starts.Length];
        int count = 1;
        long work = 0;
        var inside = new Dictionary<int, int>();
        foreach (CharClass characters in classes)
        {
            inside.Clear();
            ReadOnlySpan<int> bounds = characters.Bounds;
            for (int i = 0; i < bounds.Length; i += 2)
            {
                for (int at = Array.BinarySearch(_starts, bounds[i]); at < _starts.Length && _starts[at] <= bounds[i + 1]; at++)
                {
                    if (!inside.TryGetValue(groups[at], out int group))
                    {
                        group = count++;
                        inside.Add(groups[at], group);
                    }

                    groups[at] = group;
                    work++;
                }
            }

            if (work > MaxWork)
            {
                throw new RegexSyntaxException($"error parsing regexp: {RegexErrors.Large}: {classes.Count} character classes");
            }
        }

        return groups;
    }
}
