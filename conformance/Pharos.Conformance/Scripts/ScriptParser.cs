using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;
using Pharos.Core.Time;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.PromQL.Syntax.Series;

namespace Pharos.Conformance.Scripts;

/// <summary>Reads the language of Prometheus' PromQL test scripts.</summary>
internal sealed class ScriptParser
{
    private readonly string[] _lines;
    private int _at;
    private Labels? _startMetric;

    private ScriptParser(string text)
    {
        _lines = [.. text.Split('\n').Select(static line => line.Trim()).Select(static line => line.StartsWith('#') ? "" : line)];
    }

    /// <summary>The commands of a script.</summary>
    /// <exception cref="ScriptException">The script is not valid.</exception>
    public static IReadOnlyList<ScriptCommand> Parse(string text) => new ScriptParser(text).Parse();

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private List<ScriptCommand> Parse()
    {
        var commands = new List<ScriptCommand>();
        while (_at < _lines.Length)
        {
            if (_lines[_at].Length == 0)
            {
                _at++;
                continue;
            }

            string first = Words(_lines[_at])[0].ToLowerInvariant();
            commands.Add(first switch
            {
                "clear" => new ClearCommand(++_at),
                _ when first.StartsWith("load", StringComparison.Ordinal) => ParseLoad(first),
                _ when first.StartsWith("eval", StringComparison.Ordinal) => ParseEval(first),
                _ => throw Invalid($"invalid command {first}"),
            });
        }

        return commands;
    }

    private ScriptException Invalid(string message) => new(_at + 1, message);

    private long Duration(string text) => PrometheusDuration.TryParse(text, out TimeSpan duration, out string? error)
        ? (long)duration.TotalMilliseconds
        : throw Invalid($"invalid duration \"{text}\": {error}");

    private LoadCommand ParseLoad(string command)
    {
        int line = _at + 1;
        string[] words = Words(_lines[_at]);
        if (words.Length != 2)
        {
            throw Invalid($"invalid load command {_lines[_at]}");
        }

        long interval = Duration(words[1]);
        IReadOnlyList<long?>? starts = null;
        var series = new List<LoadedSeries>();
        for (_at++; _at < _lines.Length && _lines[_at].Length > 0; _at++)
        {
            if (StartTimestampLine.IsOne(_lines[_at]))
            {
                starts = ParseStarts(_lines[_at], starts);
                continue;
            }

            SeriesDescription description = ParseSeries(_lines[_at]);
            series.Add(new LoadedSeries(description.Labels, description.Values, starts));
            CheckStarts(series[^1]);
            starts = null;
        }

        return starts is null ? new LoadCommand(line, interval, series, command == "load_with_nhcb") : throw Invalid("@st line has no following sample line");
    }

    private IReadOnlyList<long?> ParseStarts(string line, IReadOnlyList<long?>? before)
    {
        if (before is not null)
        {
            throw Invalid("@st line has no following sample line");
        }

        _startMetric = ParseSeries($"{StartTimestampLine.MetricOf(line)} _").Labels;
        try
        {
            return StartTimestampLine.Parse(line);
        }
        catch (FormatException e)
        {
            throw Invalid(e.Message);
        }
    }

    private void CheckStarts(LoadedSeries series)
    {
        if (series.Starts is { } starts && (!series.Labels.Equals(_startMetric) || starts.Count != series.Values.Count))
        {
            throw Invalid("@st line does not fit the sample line behind it");
        }
    }

    private SeriesDescription ParseSeries(string line)
    {
        try
        {
            return PromQLParser.ParseSeriesDescription(line, ParserOptions.Everything);
        }
        catch (PromQLException e)
        {
            throw Invalid(e.Message);
        }
    }

    private EvalCommand ParseEval(string command)
    {
        EvalCommand eval = ParseHead();
        eval.MustFail = command == "eval_fail";
        eval.IsOrdered = command == "eval_ordered";
        eval.Warnings.Any = command == "eval_warn";
        eval.Infos.Any = command == "eval_info";
        for (_at++; _at < _lines.Length && _lines[_at].Length > 0; _at++)
        {
            string line = _lines[_at];
            if (eval.MustFail && line.StartsWith("expected_fail_", StringComparison.Ordinal))
            {
                ParseOldFailure(eval, line);
                _at++;
                break;
            }

            if (Words(line)[0] == "expect")
            {
                ParseExpectation(eval, line["expect".Length..].Trim());
            }
            else if (FloatReader.TryParseGo(Encoding.UTF8.GetBytes(line), out double number) || TryParseHex(line, out number))
            {
                eval.Scalar = number;
                _at++;
                break;
            }
            else
            {
                ParseExpectedSeries(eval, line);
            }
        }

        if ((eval.Warnings.None && eval.Warnings.Expected.Count > 0) || (eval.Infos.None && eval.Infos.Expected.Count > 0))
        {
            throw Invalid("invalid expect lines, a level and its opposite cannot be used together");
        }

        return eval;
    }

    private static bool TryParseHex(string line, out double number)
    {
        bool isHex = line.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            & long.TryParse(line.AsSpan(Math.Min(2, line.Length)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long value);
        number = value;
        return isHex;
    }

    private EvalCommand ParseHead()
    {
        string line = _lines[_at];
        string[] words = Words(line);
        bool isInstant = words.Length > 4 && words[1] == "instant" && words[2] == "at";
        bool isRange = words.Length > 8 && words[1] == "range" && words[2] == "from" && words[4] == "to" && words[6] == "step";
        if (!isInstant && !isRange)
        {
            throw Invalid($"invalid eval command {line}");
        }

        string query = line;
        for (int i = 0; i < (isInstant ? 4 : 8); i++)
        {
            query = query[(query.IndexOf(words[i], StringComparison.Ordinal) + words[i].Length)..];
        }

        var eval = new EvalCommand(_at + 1)
        {
            Query = query.Trim(),
            IsInstant = isInstant,
            Start = Duration(words[3]),
            End = isInstant ? 0 : Duration(words[5]),
            StepMs = isInstant ? 0 : Duration(words[7]),
        };
        try
        {
            PromQLParser.ParseExpr(eval.Query, ParserOptions.Everything);
        }
        catch (PromQLException e)
        {
            throw Invalid(e.Message);
        }

        return eval;
    }

    private void ParseOldFailure(EvalCommand eval, string line)
    {
        string kind = Words(line)[0];
        eval.Failure = Text(line[kind.Length..].Trim(), kind == "expected_fail_regexp");
    }

    private TextExpectation Text(string text, bool isPattern)
    {
        try
        {
            return new TextExpectation(text, isPattern);
        }
        catch (ArgumentException e)
        {
            throw Invalid(e.Message);
        }
    }

    private void ParseExpectation(EvalCommand eval, string line)
    {
        string kind = Words(line)[0];
        string rest = line[kind.Length..].Trim();
        switch (kind)
        {
            case "fail":
                eval.MustFail = true;
                eval.Failure = rest.Length == 0 ? null : ParseText(rest);
                break;
            case "warn" or "info":
                Add(kind == "warn" ? eval.Warnings : eval.Infos, rest);
                break;
            case "no_warn":
                eval.Warnings.None = true;
                break;
            case "no_info":
                eval.Infos.None = true;
                break;
            case "ordered" when eval.IsInstant:
                eval.IsOrdered = true;
                break;
            case "string" when eval.IsInstant:
                eval.Text = ParseString(rest);
                break;
            case "range" when eval.IsInstant:
                eval.RangeVector = ParseRangeVector(Words(rest));
                break;
            default:
                throw Invalid($"invalid expectation {line}");
        }
    }

    // Without a text any message will do.
    private void Add(AnnotationExpectations expectations, string rest) =>
        expectations.Expected.Add(rest.Length == 0 ? new TextExpectation("", isPattern: true) : ParseText(rest));

    private TextExpectation ParseText(string text)
    {
        bool isPattern = text.StartsWith("regex:", StringComparison.Ordinal);
        return isPattern || text.StartsWith("msg:", StringComparison.Ordinal)
            ? Text(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), isPattern)
            : throw Invalid($"invalid expected text {text}");
    }

    private string ParseString(string quoted)
    {
        try
        {
            return PromQLParser.ParseExpr(quoted) is StringLiteral text ? text.Value : throw Invalid($"invalid string {quoted}");
        }
        catch (PromQLException e)
        {
            throw Invalid(e.Message);
        }
    }

    private (long Start, long End, long StepMs) ParseRangeVector(string[] words) =>
        words.Length == 7 && words[0] == "vector" && words[1] == "from" && words[3] == "to" && words[5] == "step"
            ? (Duration(words[2]), Duration(words[4]), Duration(words[6]))
            : throw Invalid($"invalid range vector definition {string.Join(' ', words)}");

    private void ParseExpectedSeries(EvalCommand eval, string line)
    {
        SeriesDescription series = ParseSeries(line);
        if (eval.IsInstant && eval.RangeVector is null && series.Values.Count != 1)
        {
            throw Invalid($"expecting exactly one value in {line}");
        }

        eval.Series[series.Labels] = series.Values;
        eval.Order.Remove(series.Labels);
        eval.Order.Add(series.Labels);
    }
}
