namespace Pharos.Core.Matching.Expressions;

/// <summary>The classes that RE2 knows by a short name: Perl's <c>\d \s \w</c> and POSIX's <c>[:alpha:]</c>, all ASCII.</summary>
internal static class NamedClasses
{
    private static readonly Dictionary<string, CharClass> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = Ranges("09AZaz"),
        ["alpha"] = Ranges("AZaz"),
        ["ascii"] = Ranges("\0\x7f"),
        ["blank"] = Ranges("\t\t  "),
        ["cntrl"] = Ranges("\0\x1f\x7f\x7f"),
        ["digit"] = Ranges("09"),
        ["graph"] = Ranges("!~"),
        ["lower"] = Ranges("az"),
        ["print"] = Ranges(" ~"),
        ["punct"] = Ranges("!/:@[`{~"),
        ["space"] = Ranges("\t\r  "),
        ["upper"] = Ranges("AZ"),
        ["word"] = Ranges("09AZaz__"),
        ["xdigit"] = Ranges("09AFaf"),
    };

    /// <summary>Letters, digits and the underscore: what <c>\w</c> and <c>\b</c> mean.</summary>
    public static CharClass Word { get; } = Posix["word"];

    private static CharClass Digit { get; } = Posix["digit"];

    // Unlike [:space:], without the vertical tab.
    private static CharClass Space { get; } = Ranges("\t\n\f\r  ");

    /// <summary>The class of <c>\d</c> or one of its kin, by its letter in lower case; null when there is none.</summary>
    public static CharClass? FindPerl(char lower) => lower switch
    {
        'd' => Digit,
        's' => Space,
        'w' => Word,
        _ => null,
    };

    /// <summary>The class between <c>[:</c> and <c>:]</c>, null when there is none.</summary>
    public static CharClass? FindPosix(string name) => Posix.GetValueOrDefault(name);

    private static CharClass Ranges(string bounds)
    {
        var builder = new CharClassBuilder();
        for (int i = 0; i < bounds.Length; i += 2)
        {
            builder.Add(bounds[i], bounds[i + 1]);
        }

        return builder.Build();
    }
}
