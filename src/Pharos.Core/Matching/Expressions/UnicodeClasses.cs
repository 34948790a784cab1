using System.Collections.Concurrent;
using System.Globalization;

namespace Pharos.Core.Matching.Expressions;

/// <summary>The classes of <c>\p{…}</c>: general categories from the runtime's tables, scripts from <c>scripts.txt</c> (Unicode 14).</summary>
internal static class UnicodeClasses
{
    // In the order of UnicodeCategory.
    private static readonly string[] Categories =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm", "Sc", "Sk", "So",
    ];

    private static readonly ConcurrentDictionary<string, CharClass?> Known = new(StringComparer.Ordinal);
    private static readonly Lazy<Dictionary<string, string>> Scripts = new(LoadScripts);

    /// <summary>The class of that name, as <c>L</c>, <c>Lu</c>, <c>Greek</c> or <c>Any</c>; null when there is none.</summary>
    public static CharClass? Find(string name)
    {
        // Names come from outside: only those that exist are kept.
        if (Known.TryGetValue(name, out CharClass? known))
        {
            return known;
        }

        CharClass? found = name == "Any" ? CharClass.Any : FindScript(name) ?? FindCategory(name);
        if (found is not null)
        {
            Known.TryAdd(name, found);
        }

        return found;
    }

    private static CharClass? FindScript(string name)
    {
        if (!Scripts.Value.TryGetValue(name, out string? ranges))
        {
            return null;
        }

        var builder = new CharClassBuilder();
        foreach (string range in ranges.Split(' '))
        {
            int[] bounds = [.. range.Split('-').Select(static b => int.Parse(b, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            builder.Add(bounds[0], bounds[^1]);
        }

        return builder.Build();
    }

    private static CharClass? FindCategory(string name)
    {
        bool[] wanted = [.. Categories.Select(c => name.Length > 0 && (c == name || (name.Length == 1 && c[0] == name[0])))];
        if (!wanted.Contains(true))
        {
            return null;
        }

        var builder = new CharClassBuilder();
        int start = -1;
        for (int rune = 0; rune <= CharClass.MaxRune + 1; rune++)
        {
            int category = rune <= CharClass.MaxRune ? (int)CharUnicodeInfo.GetUnicodeCategory(rune) : wanted.Length;
            bool inside = category < wanted.Length && wanted[category];
            if (inside && start < 0)
            {
                start = rune;
            }
            else if (!inside && start >= 0)
            {
                builder.Add(start, rune - 1);
                start = -1;
            }
        }

        return builder.Build();
    }

    private static Dictionary<string, string> LoadScripts()
    {
        using Stream stream = typeof(UnicodeClasses).Assembly.GetManifestResourceStream("Pharos.Core.Matching.Expressions.scripts.txt")
            ?? throw new InvalidOperationException("the table of Unicode scripts is not in the assembly");
        using var reader = new StreamReader(stream);
        var scripts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            scripts.Add(line[..space], line[(space + 1)..]);
        }

        return scripts;
    }
}
