using System.Globalization;
using System.Text.Json.Nodes;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Conformance.Suites;

/// <summary>Shows syntax trees in the form of the case files: upstream's names, fields of zero value left out.</summary>
internal static class SyntaxTreeJson
{
    public static JsonNode Write(Expr expr)
    {
        var node = new JsonObject { ["$type"] = expr.GetType().Name };
        switch (expr)
        {
            case NumberLiteral number:
                Set(node, "Val", Number(number.Value));
                Set(node, "Duration", number.IsDuration);
                break;
            case StringLiteral text:
                Set(node, "Val", Text(text));
                break;
            case ParenExpr paren:
                node["Expr"] = Write(paren.Inner);
                break;
            case UnaryExpr unary:
                node["Op"] = unary.Op == UnaryOp.Minus ? "SUB" : "ADD";
                node["Expr"] = Write(unary.Operand);
                Set(node, "StartPos", unary.Position.Start);
                return node;
            case BinaryExpr binary:
                WriteBinary(node, binary);
                return node;
            case Call call:
                node["Func"] = new JsonObject { ["$func"] = call.Function.Name };
                node["Args"] = call.Arguments.Count == 0
                    ? new JsonObject { ["$type"] = "Expressions" }
                    : new JsonArray([.. call.Arguments.Select(Write)]);
                break;
            case AggregateExpr aggregate:
                WriteAggregate(node, aggregate);
                break;
            case VectorSelector selector:
                WriteSelector(node, selector);
                break;
            case MatrixSelector matrix:
                WriteMatrix(node, matrix);
                return node;
            case SubqueryExpr subquery:
                WriteSubquery(node, subquery);
                return node;
            case DurationExpr duration:
                WriteDuration(node, duration);
                return node;
        }

        node["PosRange"] = new JsonArray(expr.Position.Start, expr.Position.End);
        return node;
    }

    private static void WriteBinary(JsonObject node, BinaryExpr binary)
    {
        node["Op"] = NameOf(binary.Op);
        node["LHS"] = Write(binary.Left);
        node["RHS"] = Write(binary.Right);
        Set(node, "ReturnBool", binary.ReturnBool);
        if (binary.Matching is not { } matching)
        {
            return;
        }

        var json = new JsonObject { ["$type"] = "VectorMatching" };
        Set(json, "Card", matching.Card == MatchCardinality.OneToOne ? "" : "Card" + matching.Card);
        Set(json, "MatchingLabels", matching.MatchingLabels);
        Set(json, "On", matching.On);
        Set(json, "Include", matching.Include);
        if (matching.FillLeft is not null || matching.FillRight is not null)
        {
            json["FillValues"] = new JsonObject { ["LHS"] = matching.FillLeft, ["RHS"] = matching.FillRight };
        }

        node["VectorMatching"] = json;
    }

    private static void WriteAggregate(JsonObject node, AggregateExpr aggregate)
    {
        node["Op"] = aggregate.Op.Text().ToUpperInvariant();
        node["Expr"] = Write(aggregate.Inner);
        if (aggregate.Parameter is not null)
        {
            node["Param"] = Write(aggregate.Parameter);
        }

        Set(node, "Grouping", aggregate.Grouping);
        Set(node, "Without", aggregate.Without);
    }

    private static void WriteSelector(JsonObject node, VectorSelector selector)
    {
        Set(node, "Name", selector.Name);
        if (selector.Matchers.Count > 0)
        {
            node["LabelMatchers"] = new JsonArray([.. selector.Matchers.Select(WriteMatcher)]);
        }

        WriteTimeShift(node, selector);
        Set(node, "Anchored", selector.Anchored);
        Set(node, "Smoothed", selector.Smoothed);
        Set(node, "BypassEmptyMatcherCheck", selector.BypassEmptyMatcherCheck);
    }

    private static JsonNode WriteMatcher(Matcher matcher)
    {
        string type = matcher.Type switch
        {
            Core.Matching.MatchType.Equal => "MatchEqual",
            Core.Matching.MatchType.NotEqual => "MatchNotEqual",
            Core.Matching.MatchType.Match => "MatchRegexp",
            _ => "MatchNotRegexp",
        };
        return new JsonObject { ["$matcher"] = new JsonArray(type, matcher.Name, matcher.Value) };
    }

    private static void WriteMatrix(JsonObject node, MatrixSelector matrix)
    {
        node["VectorSelector"] = Write(matrix.Selector);
        Set(node, "Range", matrix.RangeNanoseconds);
        Set(node, "RangeExpr", matrix.RangeExpr);
        Set(node, "EndPos", matrix.Position.End);
    }

    private static void WriteSubquery(JsonObject node, SubqueryExpr subquery)
    {
        node["Expr"] = Write(subquery.Inner);
        Set(node, "Range", subquery.RangeNanoseconds);
        Set(node, "RangeExpr", subquery.RangeExpr);
        Set(node, "Step", subquery.StepNanoseconds);
        Set(node, "StepExpr", subquery.StepExpr);
        WriteTimeShift(node, subquery);
        Set(node, "EndPos", subquery.Position.End);
    }

    private static void WriteTimeShift(JsonObject node, TimeShiftedExpr shifted)
    {
        Set(node, "OriginalOffset", shifted.OffsetNanoseconds);
        Set(node, "OriginalOffsetExpr", shifted.OffsetExpr);
        Set(node, "StartOrEnd", shifted.StartOrEnd == AtModifier.None ? "" : shifted.StartOrEnd.ToString().ToUpperInvariant());
        if (shifted.Timestamp is { } timestamp)
        {
            node["Timestamp"] = timestamp;
        }
    }

    private static void WriteDuration(JsonObject node, DurationExpr duration)
    {
        node["Op"] = duration.Op switch
        {
            DurationOp.MinOf => "MIN_OF",
            DurationOp.MaxOf => "MAX_OF",
            _ => duration.Op.ToString().ToUpperInvariant(),
        };
        Set(node, "LHS", duration.Left);
        Set(node, "RHS", duration.Right);
        Set(node, "Wrapped", duration.Wrapped);
        Set(node, "StartPos", duration.Start);
        Set(node, "EndPos", duration.End);
    }

    private static string NameOf(BinaryOp op) => op switch
    {
        BinaryOp.Equal => "EQLC",
        BinaryOp.NotEqual => "NEQ",
        BinaryOp.Greater => "GTR",
        BinaryOp.Less => "LSS",
        BinaryOp.GreaterOrEqual => "GTE",
        BinaryOp.LessOrEqual => "LTE",
        BinaryOp.TrimUpper => "TRIM_UPPER",
        BinaryOp.TrimLower => "TRIM_LOWER",
        BinaryOp.And => "LAND",
        BinaryOp.Or => "LOR",
        BinaryOp.Unless => "LUNLESS",
        _ => op.ToString().ToUpperInvariant(),
    };

    private static JsonValue Number(double value) => double.IsFinite(value)
        ? JsonValue.Create(value)
        : JsonValue.Create(double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf");

    private static JsonNode Text(StringLiteral text) => System.Text.Unicode.Utf8.IsValid(text.Bytes.Span)
        ? JsonValue.Create(text.Value)
        : new JsonObject { ["$base64"] = Convert.ToBase64String(text.Bytes.Span) };

    private static void Set(JsonObject node, string name, JsonNode value) => node[name] = value;

    private static void Set(JsonObject node, string name, bool value)
    {
        if (value)
        {
            node[name] = true;
        }
    }

    private static void Set(JsonObject node, string name, long value)
    {
        if (value != 0)
        {
            node[name] = value;
        }
    }

    private static void Set(JsonObject node, string name, string value)
    {
        if (value.Length > 0)
        {
            node[name] = value;
        }
    }

    private static void Set(JsonObject node, string name, Expr? value)
    {
        if (value is not null)
        {
            node[name] = Write(value);
        }
    }

    private static void Set(JsonObject node, string name, IReadOnlyList<string> value)
    {
        if (value.Count > 0)
        {
            node[name] = new JsonArray([.. value.Select(static v => JsonValue.Create(v))]);
        }
    }

    /// <summary>Whether two trees are equal when fields of zero value are left out; an expected <c>{"$go": …}</c> equals anything.</summary>
    public static bool AreEqual(JsonNode? expected, JsonNode? actual)
    {
        if (IsZero(expected) && IsZero(actual))
        {
            return true;
        }

        switch (expected, actual)
        {
            case (JsonObject wanted, _) when wanted.ContainsKey("$go"):
                return true;
            case (JsonObject wanted, JsonObject got):
                return wanted.Select(static p => p.Key).Union(got.Select(static p => p.Key)).All(key => AreEqual(wanted[key], got[key]));
            case (JsonArray wanted, JsonArray got):
                return wanted.Count == got.Count && wanted.Zip(got).All(static pair => AreEqual(pair.First, pair.Second));
            case (JsonValue wanted, JsonValue got):
                return Canonical(wanted) == Canonical(got);
            default:
                return false;
        }
    }

    private static bool IsZero(JsonNode? node) => node switch
    {
        null => true,
        JsonArray array => array.Count == 0,
        JsonObject => false,
        _ => Canonical(node) is "0" or "-0" or "" or "false" or "CardOneToOne",
    };

    private static string Canonical(JsonNode value) => value.GetValueKind() == System.Text.Json.JsonValueKind.Number
        ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)
        : value.ToString();
}
