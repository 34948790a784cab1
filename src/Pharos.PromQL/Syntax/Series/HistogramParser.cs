using System.Globalization;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.PromQL.Syntax.Lexing;
using Pharos.PromQL.Syntax.Parsing;

namespace Pharos.PromQL.Syntax.Series;

/// <summary>Native histograms in series descriptions: <c>{{schema:1 sum:0.3 count:3 buckets:[1 2]}}</c>. Null means unwind.</summary>
internal sealed class HistogramParser(TokenStream tokens)
{
    // No exponential bucket of any schema is as far from 1, and index arithmetic stays within its numbers.
    private const int MaxOffset = 1 << 24;

    private readonly Dictionary<TokenKind, object> _properties = [];

    /// <summary>Whether the histogram parsed last names its counter reset hint.</summary>
    public bool IsCounterResetHintSet { get; private set; }

    /// <summary>A histogram whose opening braces are next.</summary>
    public FloatHistogram? Parse()
    {
        tokens.Take();
        _properties.Clear();
        bool hadSpace = tokens.TryTake(TokenKind.Space);
        if (tokens.TryTake(TokenKind.CloseHistogram))
        {
            return Build();
        }

        if (hadSpace)
        {
            return tokens.Expect(TokenKind.CloseHistogram, out _) ? Build() : null;
        }

        if (!TryParseProperty())
        {
            return null;
        }

        while (!tokens.IsAborted)
        {
            if (tokens.TryTake(TokenKind.CloseHistogram))
            {
                return Build();
            }

            bool isParsed = tokens.Kind == TokenKind.Space ? TryParseNext() : tokens.Recover();
            if (!isParsed)
            {
                tokens.Unexpected("histogram description", "histogram description key, e.g. buckets:[5 10 7]");
            }
        }

        return null;
    }

    private bool TryParseNext()
    {
        tokens.Take();
        return tokens.Kind == TokenKind.CloseHistogram || TryParseProperty();
    }

    private bool TryParseProperty()
    {
        while (!tokens.Kind.IsHistogramKey())
        {
            if (!tokens.Recover())
            {
                return false;
            }
        }

        Token key = tokens.Take();
        if (!tokens.Expect(TokenKind.Colon, out _) || ParseValue(key.Kind) is not { } value)
        {
            return false;
        }

        if (!_properties.TryAdd(key.Kind, value))
        {
            // Upstream gives no position.
            string name = tokens.StringOf(key).ToLowerInvariant();
            tokens.AddError(default, $"duplicate key {GoQuote.Quote(name)} in histogram");
        }

        return true;
    }

    private object? ParseValue(TokenKind key) => key switch
    {
        TokenKind.SchemaKey => ParseInteger(int.MaxValue),
        TokenKind.OffsetKey or TokenKind.NegativeOffsetKey => ParseInteger(MaxOffset),
        TokenKind.BucketsKey or TokenKind.NegativeBucketsKey or TokenKind.CustomValuesKey => ParseBuckets(),
        TokenKind.CounterResetHintKey => ParseHint(),
        TokenKind.ZeroBucketWidthKey => ParseNumber(mayBeSigned: false),
        _ => ParseNumber(mayBeSigned: true),
    };

    private object? ParseHint()
    {
        while (!tokens.Kind.IsCounterResetHint())
        {
            if (!tokens.Recover())
            {
                return null;
            }
        }

        return tokens.Take().Kind switch
        {
            TokenKind.CounterReset => CounterResetHint.Reset,
            TokenKind.NotCounterReset => CounterResetHint.NotReset,
            TokenKind.GaugeType => CounterResetHint.Gauge,
            _ => CounterResetHint.Unknown,
        };
    }

    private int? ParseInteger(int greatest)
    {
        bool isNegative = tokens.TryTake(TokenKind.Sub);
        if (!tokens.Expect(TokenKind.Number, out Token number))
        {
            return null;
        }

        string text = tokens.StringOf(number);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
        {
            string problem = text.All(char.IsAsciiDigit) ? "value out of range" : "invalid syntax";
            tokens.AddError(number.Position, $"invalid repetition in series values: strconv.ParseUint: parsing {GoQuote.Quote(text)}: {problem}");
        }
        else if (value > greatest)
        {
            tokens.AddError(number.Position, string.Create(CultureInfo.InvariantCulture, $"bucket offset {text} is out of range: at most {greatest} from 0"));
        }

        return isNegative ? -value : value;
    }

    private double? ParseNumber(bool mayBeSigned)
    {
        bool isNegative = mayBeSigned && tokens.Kind.IsSign() && tokens.Take().Kind == TokenKind.Sub;
        if (!tokens.Expect(TokenKind.Number, out Token number))
        {
            return null;
        }

        double value = tokens.NumberOf(number);
        return isNegative ? -value : value;
    }

    // Behind the first number upstream drops what it does not understand without a word.
    private List<double>? ParseBuckets()
    {
        if (!tokens.Expect(TokenKind.LeftBracket, out _) || ParseNumber(mayBeSigned: true) is not double first)
        {
            return null;
        }

        var buckets = new List<double> { first };
        while (!tokens.IsAborted)
        {
            if (tokens.TryTake(TokenKind.RightBracket))
            {
                return buckets;
            }

            if (!tokens.TryTake(TokenKind.Space))
            {
                tokens.Recover();
            }
            else if (tokens.Kind != TokenKind.RightBracket && ParseNumber(mayBeSigned: true) is double bucket)
            {
                buckets.Add(bucket);
            }
        }

        return null;
    }

    private FloatHistogram Build()
    {
        IsCounterResetHintSet = _properties.ContainsKey(TokenKind.CounterResetHintKey);
        List<double> positive = Get<List<double>>(TokenKind.BucketsKey) ?? [];
        List<double> negative = Get<List<double>>(TokenKind.NegativeBucketsKey) ?? [];
        return new FloatHistogram
        {
            Schema = Get<int>(TokenKind.SchemaKey),
            Sum = Get<double>(TokenKind.SumKey),
            Count = Get<double>(TokenKind.CountKey),
            ZeroCount = Get<double>(TokenKind.ZeroBucketKey),
            ZeroThreshold = Get<double>(TokenKind.ZeroBucketWidthKey),
            CustomValues = [.. Get<List<double>>(TokenKind.CustomValuesKey) ?? []],
            CounterResetHint = Get<CounterResetHint>(TokenKind.CounterResetHintKey),
            PositiveBuckets = [.. positive],
            PositiveSpans = positive.Count == 0 ? [] : [new BucketSpan(Get<int>(TokenKind.OffsetKey), positive.Count)],
            NegativeBuckets = [.. negative],
            NegativeSpans = negative.Count == 0 ? [] : [new BucketSpan(Get<int>(TokenKind.NegativeOffsetKey), negative.Count)],
        };
    }

    private T? Get<T>(TokenKind key) => _properties.TryGetValue(key, out object? value) ? (T)value : default;
}
