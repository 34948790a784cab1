using Pharos.Core.Labels;

namespace Pharos.Alerting.Matchers;

/// <summary>Reads matchers in the syntax that is configured. Stateless but for its listener.</summary>
/// <param name="mode">Which syntax.</param>
/// <param name="warn">Told, in <see cref="MatcherMode.Fallback"/>, of texts that the UTF-8 syntax alone would refuse or take otherwise.</param>
public sealed class MatcherParser(MatcherMode mode = MatcherMode.Fallback, Action<string>? warn = null)
{
    /// <summary>Any number of matchers, in their order.</summary>
    /// <exception cref="MatcherException">The text is not of the syntax; the message is upstream's.</exception>
    public IReadOnlyList<AlertMatcher> ParseAll(string input) => mode switch
    {
        MatcherMode.Classic => ClassicMatcherParser.ParseAll(input),
        MatcherMode.Utf8 => Utf8MatcherParser.ParseAll(input),
        _ => Choose(input, Utf8MatcherParser.ParseAll, ClassicMatcherParser.ParseAll, static (x, y) => x.SequenceEqual(y), static m => string.Join(',', m)),
    };

    /// <summary>Exactly one matcher.</summary>
    /// <exception cref="MatcherException">The text is not of the syntax, or has none or several.</exception>
    public AlertMatcher ParseOne(string input)
    {
        if (mode == MatcherMode.Classic)
        {
            return ClassicMatcherParser.ParseOne(input);
        }

        if (input.StartsWith('{') || input.EndsWith('}'))
        {
            throw new MatcherException($"unexpected open or close brace: {input}");
        }

        return mode == MatcherMode.Utf8
            ? Utf8MatcherParser.ParseOne(input)
            : Choose(input, Utf8MatcherParser.ParseOne, ClassicMatcherParser.ParseOne, static (x, y) => x.Equals(y), static m => m.ToString());
    }

    /// <summary>Whether labels may be called so.</summary>
    public bool IsValidLabelName(string name) => mode == MatcherMode.Classic ? LabelName.IsLegacy(name) : LabelName.IsUtf8(name);

    private T Choose<T>(string input, Func<string, T> parse, Func<string, T> parseClassic, Func<T, T, bool> areEqual, Func<T, string> format)
        where T : class
    {
        T? classic = Try(input, parseClassic, out MatcherException? classicError);
        T? parsed = Try(input, parse, out MatcherException? error);
        if (parsed is null)
        {
            if (classic is null)
            {
                throw classicError!;
            }

            warn?.Invoke($"matchers {GoQuote.Quote(input)} are of the classic syntax alone ({error!.Message}); write {format(classic)} instead");
            return classic;
        }

        if (classic is null || areEqual(parsed, classic))
        {
            return parsed;
        }

        warn?.Invoke($"matchers {GoQuote.Quote(input)} mean {format(classic)} in the classic syntax, which counts, and {format(parsed)} in the UTF-8 syntax");
        return classic;
    }

    private static T? Try<T>(string input, Func<string, T> parse, out MatcherException? error)
        where T : class
    {
        error = null;
        try
        {
            return parse(input);
        }
        catch (MatcherException e)
        {
            error = e;
            return null;
        }
    }
}
