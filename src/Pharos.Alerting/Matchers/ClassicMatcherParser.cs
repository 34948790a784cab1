using System.Text;
using Pharos.Core.Labels;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Alerting.Matchers;

/// <summary>
/// The classic syntax: <c>{name="value", other=~value}</c>, names of the old form, quotes and braces optional, a backslash before anything but <c>n</c>,
/// <c>"</c> and <c>\</c> stands for itself. Messages are upstream's.
/// </summary>
internal static class ClassicMatcherParser
{
    private static readonly char[] Space = ['\t', '\n', '\f', '\r', ' '];

    /// <summary>Any number of matchers.</summary>
    /// <exception cref="MatcherException">A part is no matcher.</exception>
    public static List<AlertMatcher> ParseAll(string input) => Split(input).ConvertAll(ParseOne);

    /// <summary>Exactly one matcher.</summary>
    /// <exception cref="MatcherException">The text is none.</exception>
    public static AlertMatcher ParseOne(string input)
    {
        string text = input.Trim(Space);
        int nameEnd = 0;
        while (nameEnd < text.Length && (char.IsAsciiLetterOrDigit(text[nameEnd]) || text[nameEnd] is '_' or ':'))
        {
            nameEnd++;
        }

        string name = text[..nameEnd];
        string rest = text[nameEnd..].TrimStart(Space);
        (MatchType type, int length) = rest switch
        {
            ['=', '~', ..] => (MatchType.Match, 2),
            ['=', ..] => (MatchType.Equal, 1),
            ['!', '=', ..] => (MatchType.NotEqual, 2),
            ['!', '~', ..] => (MatchType.NotMatch, 2),
            _ => (default, 0),
        };
        if (length == 0 || !LabelName.IsLegacyMetric(name))
        {
            throw new MatcherException($"bad matcher format: {input}");
        }

        return new AlertMatcher(type, name, Unescape(rest[length..].TrimStart(Space)));
    }

    private static string Unescape(string raw)
    {
        bool isQuoted = raw.StartsWith('"');
        string text = isQuoted ? raw[1..] : raw;
        if (text.Length > 0 && !LabelName.IsUtf8(text))
        {
            throw new MatcherException($"matcher value not valid UTF-8: {raw}");
        }

        bool isClosed = !isQuoted;
        var value = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isLast = i == text.Length - 1;
            if (text[i] == '\\' && !isLast)
            {
                i++;
                value.Append(text[i] switch
                {
                    'n' => "\n",
                    '"' or '\\' => text[i].ToString(),
                    _ => "\\" + text[i],
                });
            }
            else if (text[i] != '"')
            {
                value.Append(text[i]);
            }
            else if (isClosed || !isLast)
            {
                throw Unbalanced(raw);
            }
            else
            {
                isClosed = true;
            }
        }

        return isClosed ? value.ToString() : throw Unbalanced(raw);
    }

    private static MatcherException Unbalanced(string raw) => new($"matcher value contains unescaped double quote: {raw}");

    // At commas outside quotes; what is left behind the last one counts unless it is blank.
    private static List<string> Split(string input)
    {
        string text = input.StartsWith('{') ? input[1..] : input;
        text = text.EndsWith('}') ? text[..^1] : text;
        var parts = new List<string>();
        int start = 0;
        bool isQuoted = false;
        bool isEscaped = false;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case ',' when !isQuoted:
                    parts.Add(text[start..i]);
                    start = i + 1;
                    break;
                case '"':
                    isQuoted ^= !isEscaped;
                    isEscaped = false;
                    break;
                case '\\':
                    isEscaped = !isEscaped;
                    break;
                case ',':
                    break;
                default:
                    isEscaped = false;
                    break;
            }
        }

        string last = text[start..].Trim();
        if (last.Length > 0)
        {
            parts.Add(last);
        }

        return parts;
    }
}
