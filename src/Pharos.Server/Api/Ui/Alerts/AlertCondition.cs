using System.Text;
using System.Text.Json;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Rules.Views;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>What a rule compares with what, so that the value can be drawn against its limit.</summary>
internal static class AlertCondition
{
    private const int MaxSources = 8;

    /// <summary>Writes <c>condition</c> of <c>docs/api.md</c>; nothing where the expression compares nothing.</summary>
    public static void Write(Utf8JsonWriter json, RuleView rule)
    {
        byte[] text = Encoding.UTF8.GetBytes(rule.ExprText);
        var condition = RuleCondition.Of(rule.Expr);
        if (condition is not { Operator: { } comparison, Other: { } other })
        {
            return;
        }

        json.WriteStartObject("condition"u8);
        json.WriteString("left"u8, Text(condition.Measured, text));
        json.WriteString("operator"u8, comparison.Text());
        if (condition.Limit is { } limit)
        {
            json.WritePropertyName("limit"u8);
            json.WriteValue(limit);
        }
        else
        {
            json.WriteString("right"u8, Text(other, text));
        }

        WriteOperands(json, RuleCondition.Unwrap(condition.Measured), text);
        if (condition.Parts.Count > 1)
        {
            json.WriteStartArray("parts"u8);
            foreach ((Expr part, string op) in condition.Parts)
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
        var condition = RuleCondition.Of(rule.Expr);
        var sources = new List<Expr>();
        Collect(condition.Measured, sources);
        if (condition.Other is { } other)
        {
            Collect(other, sources);
        }

        json.WriteTexts("sources", sources.Select(source => Text(source, text)).Distinct(StringComparer.Ordinal).Take(MaxSources));
    }

    // Trees are at most as deep as the parser allows.
    private static void Collect(Expr expression, List<Expr> sources)
    {
        switch (expression)
        {
            case VectorSelector:
            case Call call when call.Arguments.Any(static argument => RuleCondition.Unwrap(argument).Type == ExprType.Matrix):
                sources.Add(expression);
                break;
            case AggregateExpr aggregate:
                Collect(aggregate.Inner, sources);
                break;
            default:
                foreach (Expr child in expression.Children)
                {
                    Collect(child, sources);
                }

                break;
        }
    }

    // Of "errors / requests": both, so that the division can be shown with its numbers.
    private static void WriteOperands(Utf8JsonWriter json, Expr left, byte[] text)
    {
        if (left is not BinaryExpr { Matching.Card: MatchCardinality.OneToOne } arithmetic || arithmetic.Op.IsComparison() || arithmetic.Op.IsSet())
        {
            return;
        }

        json.WriteStartObject("operands"u8);
        json.WriteString("left"u8, Text(RuleCondition.Unwrap(arithmetic.Left), text));
        json.WriteString("operator"u8, arithmetic.Op.Text());
        json.WriteString("right"u8, Text(RuleCondition.Unwrap(arithmetic.Right), text));
        json.WriteEndObject();
    }

    private static string Text(Expr expression, byte[] text) => Encoding.UTF8.GetString(text.AsSpan(expression.Position.Start..expression.Position.End)).Trim();
}
