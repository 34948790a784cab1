using System.Text;
using Pharos.Core.Labels;
using Pharos.Remote.Otlp.Messages;

namespace Pharos.Remote.Otlp.Naming;

/// <summary>Makes names of metric families from those of OpenTelemetry's metrics, by the rules of github.com/prometheus/otlptranslator 1.0.0. Stateless.</summary>
/// <param name="addsSuffixes">Whether the unit and the type are said at the end of the name.</param>
/// <param name="allowsUtf8">Whether names may hold any character; otherwise what the old form does not have becomes an underscore.</param>
internal readonly struct MetricNamer(bool addsSuffixes, bool allowsUtf8)
{
    private const string Total = "total";
    private const string Ratio = "ratio";

    /// <summary>The name; false, with upstream's message, where nothing that can be a name is left.</summary>
    public bool TryBuild(in OtlpMetric metric, out string name, out string? error)
    {
        error = null;
        if (allowsUtf8)
        {
            name = addsSuffixes ? WithSuffixes(metric) : metric.Name;
            return true;
        }

        name = addsSuffixes ? Normalize(metric) : Escape(metric.Name);
        if (name.Length == 0)
        {
            error = $"normalization for metric {GoQuote.Quote(metric.Name)} resulted in empty name";
        }
        else if (name != metric.Name && !name.AsSpan().ContainsAnyExcept('_'))
        {
            error = $"normalization for metric {GoQuote.Quote(metric.Name)} resulted in invalid name {GoQuote.Quote(name)}";
        }

        return error is null;
    }

    private static bool IsRatio(in OtlpMetric metric) => metric.Unit == "1" && metric.Kind == OtlpKind.Gauge;

    private static bool IsCounter(in OtlpMetric metric) => metric.Kind == OtlpKind.Sum && metric.IsMonotonic;

    // Runs of other characters become one underscore, those at the ends nothing; underscores stay.
    private static string Escape(string name)
    {
        var escaped = new StringBuilder(name.Length + 1);
        bool isBetween = false;
        foreach (char c in name)
        {
            if (!UnitNamer.IsMetricCharacter(c) && c != '_')
            {
                isBetween = escaped.Length > 0;
                continue;
            }

            escaped.Append(isBetween ? "_" : "").Append(c);
            isBetween = false;
        }

        return AfterDigit(escaped).ToString();
    }

    // The words of the name, then those of the unit and the type that are not among them.
    private static string Normalize(in OtlpMetric metric)
    {
        List<string> words = WordsOf(metric.Name);
        (string main, string per) = UnitNamer.Split(metric.Unit);
        main = UnitNamer.Clean(main);
        per = UnitNamer.Clean(per);
        main = words.Contains(main) ? "" : main;
        per = per == "per_" ? "" : TrimUnderscore(per);
        per = words.Contains(per) ? "" : per;
        main = per.Length > 0 ? TrimUnderscore(main) : main;
        foreach (string unit in (ReadOnlySpan<string>)[main, per])
        {
            if (unit.Length > 0)
            {
                words.Add(unit);
            }
        }

        MoveToEnd(words, Total, IsCounter(metric));
        MoveToEnd(words, Ratio, IsRatio(metric));
        return AfterDigit(new StringBuilder().AppendJoin('_', words)).ToString();
    }

    private static List<string> WordsOf(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && UnitNamer.IsMetricCharacter(name[i]))
            {
                continue;
            }

            if (i > start)
            {
                words.Add(name[start..i]);
            }

            start = i + 1;
        }

        return words;
    }

    private static void MoveToEnd(List<string> words, string word, bool applies)
    {
        if (applies)
        {
            words.RemoveAll(other => other == word);
            words.Add(word);
        }
    }

    // The order at the end is unit, per unit, total, ratio; each is taken off first where it stands at the end already.
    private static string WithSuffixes(in OtlpMetric metric)
    {
        (string main, string per) = UnitNamer.Split(metric.Unit);
        string ratio = IsRatio(metric) ? Ratio : "";
        string total = IsCounter(metric) ? Total : "";
        string name = TrimSuffix(TrimSuffix(TrimSuffix(metric.Name, ratio), total), per);
        var text = new StringBuilder(name);
        Append(text, name.EndsWith(main, StringComparison.Ordinal) ? "" : main);
        Append(text, per);
        Append(text, total);
        Append(text, ratio);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string suffix)
    {
        if (suffix.Length > 0)
        {
            text.Append('_').Append(suffix);
        }
    }

    // The suffix and the one character before it.
    private static string TrimSuffix(string name, string suffix) =>
        suffix.Length > 0 && name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length + 1 ? name[..^(suffix.Length + 1)] : name;

    private static string TrimUnderscore(string text) => text.EndsWith('_') ? text[..^1] : text;

    private static StringBuilder AfterDigit(StringBuilder name) => name.Length > 0 && char.IsAsciiDigit(name[0]) ? name.Insert(0, '_') : name;
}
