using System.Globalization;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.PromQL.Syntax.Lexing;
using Pharos.PromQL.Syntax.Parsing;

namespace Pharos.PromQL.Syntax.Series;

/// <summary>The values of a series description, by the rules of <see cref="TokenStream"/>.</summary>
internal sealed class SeriesParser(TokenStream tokens, int maxValues)
{
    private const string Context = "series values";

    private readonly HistogramParser _histograms = new(tokens);
    private readonly List<SeriesValue> _values = [];

    /// <summary>The values up to what is none; answers errors itself.</summary>
    public IReadOnlyList<SeriesValue> Parse()
    {
        while (tokens.Kind == TokenKind.Space && !tokens.IsAborted)
        {
            if (!TryParseItem())
            {
                tokens.Unexpected(Context, "");
            }
        }

        return _values;
    }

    private bool TryParseItem()
    {
        tokens.Take();
        switch (tokens.Kind)
        {
            case TokenKind.Space or TokenKind.EndOfInput:
                return true;
            case TokenKind.Blank:
                tokens.Take();
                return TryParseRepeated(new SeriesValue(0, IsOmitted: true), additional: 0);
            case TokenKind.OpenHistogram:
                return TryParseHistogram();
            case TokenKind.Identifier:
                if (!tokens.TextOf(tokens.Take()).SequenceEqual("stale"u8))
                {
                    tokens.Unexpected(Context, "number or \"stale\"");
                }

                return TryParseSample(Staleness.Marker);
            default:
                return TryParseNumber(out double value) && TryParseSample(value);
        }
    }

    // A value, a repeated value, or a value with a step.
    private bool TryParseSample(double value)
    {
        if (!tokens.Kind.IsSign())
        {
            return TryParseRepeated(new SeriesValue(value), additional: 1);
        }

        if (!TryParseNumber(out double step) || !TryParseTimes(out long times))
        {
            return false;
        }

        for (long i = 0; i <= times && HasRoom(); i++)
        {
            _values.Add(new SeriesValue(value));
            value += step;
        }

        return !tokens.IsAborted;
    }

    // "axN" is a once at time 0 and N times more; "_xN" is N omissions.
    private bool TryParseRepeated(SeriesValue value, int additional)
    {
        long count = 1;
        if (tokens.Kind == TokenKind.Times)
        {
            if (!TryParseTimes(out count))
            {
                return false;
            }

            count += additional;
        }

        for (long i = 0; i < count && HasRoom(); i++)
        {
            _values.Add(value);
        }

        return !tokens.IsAborted;
    }

    private bool TryParseHistogram()
    {
        if (_histograms.Parse() is not { } first)
        {
            return false;
        }

        bool isHintSet = _histograms.IsCounterResetHintSet;
        if (!tokens.Kind.IsSign())
        {
            return TryParseRepeated(new SeriesValue(0, Histogram: first, IsCounterResetHintSet: isHintSet), additional: 1);
        }

        bool isIncrease = tokens.Take().Kind == TokenKind.Add;
        while (tokens.Kind != TokenKind.OpenHistogram)
        {
            if (!tokens.Recover())
            {
                return false;
            }
        }

        if (_histograms.Parse() is not { } step || !TryParseTimes(out long times))
        {
            return false;
        }

        AddSequence(first, step, isIncrease, times);
        return !tokens.IsAborted;
    }

    private void AddSequence(FloatHistogram current, FloatHistogram step, bool isIncrease, long times)
    {
        _values.Add(new SeriesValue(0, Histogram: current, IsCounterResetHintSet: _histograms.IsCounterResetHintSet));
        for (long i = 0; i < times && HasRoom(); i++)
        {
            if (current.Schema > step.Schema)
            {
                tokens.AddError(
                    tokens.Last.Position,
                    string.Create(CultureInfo.InvariantCulture, $"error combining histograms: cannot merge from schema {step.Schema} to {current.Schema}"));
                return;
            }

            if (!(isIncrease ? current.TryAdd(step, out FloatHistogram? next, out _) : current.TrySubtract(step, out next, out _)))
            {
                tokens.AddError(tokens.Last.Position, FloatHistogram.MixedSchemasMessage);
                return;
            }

            current = next;
            _values.Add(new SeriesValue(0, Histogram: current, IsCounterResetHintSet: _histograms.IsCounterResetHintSet));
        }
    }

    private bool TryParseNumber(out double value)
    {
        value = 0;
        bool isNegative = tokens.Kind.IsSign() && tokens.Take().Kind == TokenKind.Sub;
        if (!tokens.Expect(TokenKind.Number, out Token number))
        {
            return false;
        }

        value = isNegative ? -tokens.NumberOf(number) : tokens.NumberOf(number);
        return true;
    }

    private bool TryParseTimes(out long times)
    {
        times = 0;
        if (!tokens.Expect(TokenKind.Times, out _) || !tokens.Expect(TokenKind.Number, out Token number))
        {
            return false;
        }

        string text = tokens.StringOf(number);
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong parsed))
        {
            string problem = text.All(char.IsAsciiDigit) ? "value out of range" : "invalid syntax";
            tokens.AddError(number.Position, $"invalid repetition in series values: strconv.ParseUint: parsing {GoQuote.Quote(text)}: {problem}");
        }

        times = (long)Math.Min(parsed, int.MaxValue);
        return true;
    }

    private bool HasRoom()
    {
        if (_values.Count < maxValues)
        {
            return true;
        }

        if (!tokens.IsAborted)
        {
            tokens.Abort(tokens.Last.Position, string.Create(CultureInfo.InvariantCulture, $"more than {maxValues} values in one series"));
        }

        return false;
    }
}
