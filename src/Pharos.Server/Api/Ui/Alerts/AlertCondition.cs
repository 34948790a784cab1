using System.Text;
using System.Text.Json;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Rules.Views;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>What a rule compares with what, so that the value can be drawn against its limit.</summary>
internal static class AlertCondition
{
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
