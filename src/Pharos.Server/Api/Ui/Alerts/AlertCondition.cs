using System.Text;
using System.Text.Json;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Rules.Views;
using Pharos.Server.Api.Alertmanager;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>What a rule compares with what, so that the value can be drawn against its limit.</summary>
internal static class AlertCondition
{
    private const int MaxSources = 8;

    /// <summary>Writes <c>condition</c> of <c>docs/api.md</c>; nothing where the expression compares nothing.</summary>
    public static void Write(Utf8JsonWriter json, RuleView rule)
    {
        byte[] text = Encoding.UTF8.GetBytes(rule.ExprText);
        Expr expression = Unwrap(rule.Expr);
        var parts = new List<(Expr Part, string Operator)>();
        Split(expression, "", parts);
        BinaryExpr? comparison = parts.Select(static part => Unwrap(part.Part)).OfType<BinaryExpr>().FirstOrDefault(static part => part.Op.IsComparison());
        if (comparison is null)
        {
            return;
        }

        json.WriteStartObject("condition"u8);
        WriteComparison(json, comparison, text);
        if (parts.Count > 1)
        {
            json.WriteStartArray("parts"u8);
            foreach ((Expr part, string op) in parts)
            {
                json.WriteStartObject();
                json.WriteString("expr"u8, Text(part, text));
                json.WriteString("operator"u8, op);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes <c>sources</c> of <c>docs/api.md</c>: what the measured side reads, each selector with the function around its range.</summary>
    public static void WriteSources(Utf8JsonWriter json, RuleView rule)
    {
        byte[] text = Encoding.UTF8.GetBytes(rule.ExprText);
        var parts = new List<(Expr Part, string Operator)>();
        Split(Unwrap(rule.Expr), "", parts);
        BinaryExpr? comparison = parts.Select(static part => Unwrap(part.Part)).OfType<BinaryExpr>().FirstOrDefault(static part => part.Op.IsComparison());
        var sources = new List<Expr>();
        Collect(comparison ?? rule.Expr, sources);
        json.WriteTexts("sources", sources.Select(source => Text(source, text)).Distinct(StringComparer.Ordinal).Take(MaxSources));
    }

    // Trees are at most as deep as the parser allows.
    private static void Collect(Expr expression, List<Expr> sources)
    {
        switch (expression)
        {
            case VectorSelector:
                sources.Add(expression);
                break;
            case Call call when call.Arguments.Any(static argument => Unwrap(argument).Type == ExprType.Matrix):
                sources.Add(call);
                break;
            case Call call:
                foreach (Expr argument in call.Arguments)
                {
                    Collect(argument, sources);
                }

                break;
            case AggregateExpr aggregate:
                Collect(aggregate.Inner, sources);
                break;
            case BinaryExpr binary:
                Collect(binary.Left, sources);
                Collect(binary.Right, sources);
                break;
            case UnaryExpr unary:
                Collect(unary.Operand, sources);
                break;
            case ParenExpr parentheses:
                Collect(parentheses.Inner, sources);
                break;
        }
    }

    private static void WriteComparison(Utf8JsonWriter json, BinaryExpr comparison, byte[] text)
    {
        // The number stands on the right, whichever side it was written on.
        bool isTurned = Unwrap(comparison.Left) is NumberLiteral && Unwrap(comparison.Right) is not NumberLiteral;
        Expr left = isTurned ? comparison.Right : comparison.Left;
        Expr right = isTurned ? comparison.Left : comparison.Right;
        json.WriteString("left"u8, Text(left, text));
        json.WriteString("operator"u8, (isTurned ? Turn(comparison.Op) : comparison.Op).Text());
        if (Unwrap(right) is NumberLiteral number)
        {
            json.WritePropertyName("limit"u8);
            json.WriteValue(number.Value);
        }
        else
        {
            json.WriteString("right"u8, Text(right, text));
        }

        WriteOperands(json, Unwrap(left), text);
    }

    // Of "errors / requests": both, so that the division can be shown with its numbers.
    private static void WriteOperands(Utf8JsonWriter json, Expr left, byte[] text)
    {
        if (left is not BinaryExpr { Matching.Card: MatchCardinality.OneToOne } arithmetic || arithmetic.Op.IsComparison() || arithmetic.Op.IsSet())
        {
            return;
        }

        json.WriteStartObject("operands"u8);
        json.WriteString("left"u8, Text(Unwrap(arithmetic.Left), text));
        json.WriteString("operator"u8, arithmetic.Op.Text());
        json.WriteString("right"u8, Text(Unwrap(arithmetic.Right), text));
        json.WriteEndObject();
    }

    // Of "a and b unless c": a, then b with "and", then c with "unless".
    private static void Split(Expr expression, string op, List<(Expr, string)> parts)
    {
        if (Unwrap(expression) is BinaryExpr binary && binary.Op.IsSet())
        {
            Split(binary.Left, op, parts);
            Split(binary.Right, binary.Op.Text(), parts);
        }
        else
        {
            parts.Add((expression, op));
        }
    }

    private static Expr Unwrap(Expr expression)
    {
        while (expression is ParenExpr parentheses)
        {
            expression = parentheses.Inner;
        }

        return expression;
    }

    private static BinaryOp Turn(BinaryOp op) => op switch
    {
        BinaryOp.Greater => BinaryOp.Less,
        BinaryOp.Less => BinaryOp.Greater,
        BinaryOp.GreaterOrEqual => BinaryOp.LessOrEqual,
        BinaryOp.LessOrEqual => BinaryOp.GreaterOrEqual,
        _ => op,
    };

    private static string Text(Expr expression, byte[] text) => Encoding.UTF8.GetString(text.AsSpan(expression.Position.Start..expression.Position.End)).Trim();
}
