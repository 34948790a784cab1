using System.Text.Encodings.Web;
using System.Text.Json;
using Pharos.Core.Buffers;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax.Nodes;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Server.Api;

/// <summary>Syntax trees as <c>/api/v1/parse_query</c> shows them, with upstream's field names.</summary>
internal static class SyntaxTreeWriter
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Deep enough for any tree that the parser lets through.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 100_000 };

    public static void Write(Utf8JsonWriter json, Expr? expr)
    {
        if (expr is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        switch (expr)
        {
            case NumberLiteral number:
                json.WriteString("type"u8, "numberLiteral"u8);
                json.WriteString("val"u8, FloatWriter.ToFixedString(number.Value));
                break;
            case StringLiteral text:
                json.WriteString("type"u8, "stringLiteral"u8);
                json.WriteString("val"u8, text.Value);
                break;
            case ParenExpr paren:
                json.WriteString("type"u8, "parenExpr"u8);
                WriteChild(json, "expr", paren.Inner);
                break;
            case UnaryExpr unary:
                json.WriteString("type"u8, "unaryExpr"u8);
                json.WriteString("op"u8, unary.Op == UnaryOp.Minus ? "-" : "+");
                WriteChild(json, "expr", unary.Operand);
                break;
            case BinaryExpr binary:
                WriteBinary(json, binary);
                break;
            case Call call:
                WriteCall(json, call);
                break;
            case AggregateExpr aggregate:
                WriteAggregate(json, aggregate);
                break;
            case VectorSelector selector:
                json.WriteString("type"u8, "vectorSelector"u8);
                WriteSelector(json, selector);
                break;
            case MatrixSelector matrix:
                json.WriteString("type"u8, "matrixSelector"u8);
                json.WriteNumber("range"u8, matrix.RangeNanoseconds / NanosecondsPerMillisecond);
                WriteDuration(json, "rangeExpr", matrix.RangeExpr);
                WriteSelector(json, matrix.Selector);
                break;
            case SubqueryExpr subquery:
                WriteSubquery(json, subquery);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteChild(Utf8JsonWriter json, string name, Expr? child)
    {
        json.WritePropertyName(name);
        Write(json, child);
    }

    private static void WriteBinary(Utf8JsonWriter json, BinaryExpr binary)
    {
        json.WriteString("type"u8, "binaryExpr"u8);
        json.WriteString("op"u8, binary.Op.Text());
        json.WriteBoolean("bool"u8, binary.ReturnBool);
        if (binary.Matching is { } matching)
        {
            json.WriteStartObject("matching"u8);
            json.WriteString("card"u8, matching.Card switch
            {
                MatchCardinality.OneToOne => "one-to-one",
                MatchCardinality.ManyToOne => "many-to-one",
                MatchCardinality.OneToMany => "one-to-many",
                _ => "many-to-many",
            });
            json.WriteTexts("labels", matching.MatchingLabels);
            json.WriteBoolean("on"u8, matching.On);
            json.WriteTexts("include", matching.Include);
            json.WriteStartObject("fillValues"u8);
            WriteNumber(json, "lhs", matching.FillLeft);
            WriteNumber(json, "rhs", matching.FillRight);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("matching"u8);
        }

        WriteChild(json, "lhs", binary.Left);
        WriteChild(json, "rhs", binary.Right);
    }

    private static void WriteCall(Utf8JsonWriter json, Call call)
    {
        json.WriteString("type"u8, "call"u8);
        json.WriteStartObject("func"u8);
        json.WriteString("name"u8, call.Function.Name);
        json.WriteTexts("argTypes", call.Function.ArgumentTypes.Select(static t => t.ApiName()));
        json.WriteNumber("variadic"u8, call.Function.Variadic);
        json.WriteString("returnType"u8, call.Function.ReturnType.ApiName());
        json.WriteEndObject();
        json.WriteStartArray("args"u8);
        foreach (Expr argument in call.Arguments)
        {
            Write(json, argument);
        }

        json.WriteEndArray();
    }

    private static void WriteAggregate(Utf8JsonWriter json, AggregateExpr aggregate)
    {
        json.WriteString("type"u8, "aggregation"u8);
        json.WriteString("op"u8, aggregate.Op.Text());
        json.WriteTexts("grouping", aggregate.Grouping);
        json.WriteBoolean("without"u8, aggregate.Without);
        WriteChild(json, "param", aggregate.Parameter);
        WriteChild(json, "expr", aggregate.Inner);
    }

    private static void WriteSelector(Utf8JsonWriter json, VectorSelector selector)
    {
        json.WriteString("name"u8, selector.Name);
        json.WriteStartArray("matchers"u8);
        foreach (Matcher matcher in selector.Matchers)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, matcher.Name);
            json.WriteString("value"u8, matcher.Value);
            json.WriteString("type"u8, matcher.Type switch
            {
                MatchType.Equal => "=",
                MatchType.NotEqual => "!=",
                MatchType.Match => "=~",
                _ => "!~",
            });
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTimeShift(json, selector);
        json.WriteBoolean("anchored"u8, selector.Anchored);
        json.WriteBoolean("smoothed"u8, selector.Smoothed);
    }

    private static void WriteSubquery(Utf8JsonWriter json, SubqueryExpr subquery)
    {
        json.WriteString("type"u8, "subquery"u8);
        json.WriteNumber("range"u8, subquery.RangeNanoseconds / NanosecondsPerMillisecond);
        WriteDuration(json, "rangeExpr", subquery.RangeExpr);
        json.WriteNumber("step"u8, subquery.StepNanoseconds / NanosecondsPerMillisecond);
        WriteDuration(json, "stepExpr", subquery.StepExpr);
        WriteTimeShift(json, subquery);
        WriteChild(json, "expr", subquery.Inner);
    }

    private static void WriteTimeShift(Utf8JsonWriter json, TimeShiftedExpr shifted)
    {
        json.WriteNumber("offset"u8, shifted.OffsetNanoseconds / NanosecondsPerMillisecond);
        WriteDuration(json, "offsetExpr", shifted.OffsetExpr);
        if (shifted.Timestamp is { } timestamp)
        {
            json.WriteNumber("timestamp"u8, timestamp);
        }
        else
        {
            json.WriteNull("timestamp"u8);
        }

        json.WriteString("startOrEnd"u8, shifted.StartOrEnd switch
        {
            AtModifier.Start => "start",
            AtModifier.End => "end",
            _ => null,
        });
    }

    private static void WriteDuration(Utf8JsonWriter json, string name, Expr? expr)
    {
        json.WritePropertyName(name);
        switch (expr)
        {
            case DurationExpr duration:
                json.WriteStartObject();
                json.WriteString("type"u8, "durationExpr"u8);
                json.WriteString("op"u8, TextOf(duration.Op));
                json.WriteBoolean("wrapped"u8, duration.Wrapped);
                WriteDuration(json, "lhs", duration.Left);
                WriteDuration(json, "rhs", duration.Right);
                json.WriteEndObject();
                break;
            case NumberLiteral number:
                json.WriteStartObject();
                json.WriteString("type"u8, "numberLiteral"u8);
                json.WriteString("val"u8, FloatWriter.ToFixedString(number.Value));
                json.WriteBoolean("duration"u8, number.IsDuration);
                json.WriteEndObject();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static string TextOf(DurationOp op) => op switch
    {
        DurationOp.Add => "+",
        DurationOp.Sub => "-",
        DurationOp.Mul => "*",
        DurationOp.Div => "/",
        DurationOp.Mod => "%",
        DurationOp.Pow => "^",
        DurationOp.Step => "step",
        DurationOp.Range => "range",
        DurationOp.MinOf => "min_of",
        _ => "max_of",
    };

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
