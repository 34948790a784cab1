using System.Globalization;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Tests.Syntax;

/// <summary>Shows the structure of trees without positions: <c>(Add foo (- 1))</c>. Independent of the printer.</summary>
internal static class TreeText
{
    public static string Parse(string text, ParserOptions? options = null) => Of(PromQLParser.ParseExpr(text, options ?? ParserOptions.Everything));

    public static string Of(Expr expr) => expr switch
    {
        NumberLiteral number => number.Value.ToString("R", CultureInfo.InvariantCulture) + (number.IsDuration ? "s" : ""),
        StringLiteral text => $"'{text.Value}'",
        ParenExpr paren => $"[{Of(paren.Inner)}]",
        UnaryExpr unary => $"({unary.Op} {Of(unary.Operand)})",
        BinaryExpr binary => $"({binary.Op}{(binary.ReturnBool ? " bool" : "")}{Of(binary.Matching)} {Of(binary.Left)} {Of(binary.Right)})",
        Call call => $"{call.Function.Name}({string.Join(' ', call.Arguments.Select(Of))})",
        AggregateExpr a => $"{a.Op}{(a.Without ? " without" : "")}<{string.Join(',', a.Grouping)}>({(a.Parameter is null ? "" : Of(a.Parameter) + " ")}{Of(a.Inner)})",
        VectorSelector s => $"{s.Name}{{{string.Join(',', s.Matchers.Select(static m => m.ToString()).Order(StringComparer.Ordinal))}}}{(s.Anchored ? " anchored" : "")}{(s.Smoothed ? " smoothed" : "")}{Shift(s)}",
        MatrixSelector m => $"{Of(m.Selector)}[{Duration(m.RangeNanoseconds, m.RangeExpr)}]",
        SubqueryExpr s => $"{Of(s.Inner)}[{Duration(s.RangeNanoseconds, s.RangeExpr)}:{Duration(s.StepNanoseconds, s.StepExpr)}]{Shift(s)}",
        DurationExpr d => $"({d.Op}{(d.Wrapped ? " wrapped" : "")} {(d.Left is null ? "" : Of(d.Left))} {(d.Right is null ? "" : Of(d.Right))})",
        _ => throw new InvalidOperationException(expr.GetType().Name),
    };

    private static string Of(VectorMatching? matching) => matching is null
        ? ""
        : $" {matching.Card} {(matching.On ? "on" : "ignoring")}<{string.Join(',', matching.MatchingLabels)}> include<{string.Join(',', matching.Include)}>"
            + $" fill<{matching.FillLeft},{matching.FillRight}>";

    private static string Shift(TimeShiftedExpr shifted) =>
        $"{(shifted.Timestamp is { } at ? " @" + at : "")}{(shifted.StartOrEnd == AtModifier.None ? "" : " @" + shifted.StartOrEnd)}"
        + $"{(shifted.OffsetNanoseconds != 0 || shifted.OffsetExpr is not null ? " offset " + Duration(shifted.OffsetNanoseconds, shifted.OffsetExpr) : "")}";

    private static string Duration(long nanoseconds, DurationExpr? expr) => expr is null ? $"{nanoseconds / 1_000_000}ms" : Of(expr);
}
