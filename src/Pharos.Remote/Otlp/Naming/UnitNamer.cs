using System.Collections.Frozen;
using System.Text;

namespace Pharos.Remote.Otlp.Naming;

/// <summary>Makes unit names from units in the notation of UCUM, as <c>By/s</c>, by the rules of github.com/prometheus/otlptranslator 1.0.0.</summary>
internal static class UnitNamer
{
    private static readonly FrozenDictionary<string, string> Units = new Dictionary<string, string>
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["TiBy"] = "tibibytes",
        ["KBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["TBy"] = "terabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["1"] = "",
        ["%"] = "percent",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> PerUnits = new Dictionary<string, string>
    {
        ["s"] = "second",
        ["m"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
        ["w"] = "week",
        ["mo"] = "month",
        ["y"] = "year",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The whole name, as <c>bytes_per_second</c>; empty where the unit is none.</summary>
    public static string Build(string unit, bool allowsUtf8)
    {
        (string main, string per) = Split(unit);
        if (!allowsUtf8)
        {
            (main, per) = (Clean(main), Clean(per));
        }

        string name = main.Length > 0 && per.Length > 0 ? $"{main}_{per}" : main + per;
        name = name.StartsWith('_') ? name[1..] : name;
        return name.EndsWith('_') ? name[..^1] : name;
    }

    /// <summary>The unit before the stroke and, as <c>per_second</c>, the one after it; empty where absent or an annotation in braces.</summary>
    public static (string Main, string Per) Split(string unit)
    {
        int stroke = unit.IndexOf('/', StringComparison.Ordinal);
        string main = Translate(stroke < 0 ? unit : unit[..stroke], Units);
        string per = stroke < 0 ? "" : Translate(unit[(stroke + 1)..], PerUnits);
        return (main, per.Length > 0 ? "per_" + per : "");
    }

    /// <summary>The name with every run of other characters as one underscore, and none at the start.</summary>
    public static string Clean(string unit)
    {
        var clean = new StringBuilder(unit.Length);
        foreach (char c in unit)
        {
            char kept = IsMetricCharacter(c) ? c : '_';
            if (kept != '_' || clean.Length == 0 || clean[^1] != '_')
            {
                clean.Append(kept);
            }
        }

        return clean.Length > 0 && clean[0] == '_' ? clean.ToString(1, clean.Length - 1) : clean.ToString();
    }

    /// <summary>Whether a character is one of the old form of metric names, underscores apart.</summary>
    public static bool IsMetricCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == ':';

    private static string Translate(string part, FrozenDictionary<string, string> names)
    {
        string unit = part.Trim();
        return unit.AsSpan().ContainsAny('{', '}') ? "" : names.GetValueOrDefault(unit, unit);
    }
}
