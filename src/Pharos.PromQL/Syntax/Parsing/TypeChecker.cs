using System.Diagnostics;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax.Parsing;

/// <summary>
/// Checks what the grammar cannot: types, numbers of arguments, vector matching, empty selectors. Completes what depends on types.
/// </summary>
/// <remarks>Works with a stack of its own, because trees come here before their depth is limited. The order of errors is upstream's.</remarks>
internal sealed class TypeChecker(TokenStream tokens)
{
    private readonly Stack<(Expr Node, int Visited)> _pending = new();

    public void Check(Expr root)
    {
        _pending.Push((root, 0));
        while (_pending.TryPop(out (Expr Node, int Visited) frame))
        {
            if (Advance(frame.Node, frame.Visited) is { } child)
            {
                _pending.Push((frame.Node, frame.Visited + 1));
                _pending.Push((child, 0));
            }
        }
    }

    // Called once before the first child of a node and once after each; answers the next child.
    private Expr? Advance(Expr node, int visited) => node switch
    {
        AggregateExpr aggregate => AdvanceAggregate(aggregate, visited),
        BinaryExpr binary => AdvanceBinary(binary, visited),
        Call call => AdvanceCall(call, visited),
        ParenExpr paren => visited == 0 ? paren.Inner : null,
        MatrixSelector matrix => visited == 0 ? matrix.Selector : null,
        UnaryExpr unary => AdvanceUnary(unary, visited),
        SubqueryExpr subquery => AdvanceSubquery(subquery, visited),
        VectorSelector selector => CheckSelector(selector),
        NumberLiteral or StringLiteral => null,
        _ => throw new UnreachableException($"syntax node {node.GetType()}"),
    };

    private Expr? AdvanceAggregate(AggregateExpr aggregate, int visited)
    {
        if (visited == 1)
        {
            Expect(aggregate.Inner, ExprType.Vector, "aggregation expression");
        }

        if (aggregate.Parameter is not null && visited == 2)
        {
            ExprType wanted = aggregate.Op == AggregateOp.CountValues ? ExprType.String : ExprType.Scalar;
            Expect(aggregate.Parameter, wanted, "aggregation parameter");
        }

        return visited switch
        {
            0 => aggregate.Inner,
            1 => aggregate.Parameter,
            _ => null,
        };
    }

    private Expr? AdvanceBinary(BinaryExpr binary, int visited)
    {
        switch (visited)
        {
            case 0:
                return binary.Left;
            case 1:
                return binary.Right;
            default:
                CheckBinary(binary);
                return null;
        }
    }

    private Expr? AdvanceCall(Call call, int visited)
    {
        IReadOnlyList<ExprType> types = call.Function.ArgumentTypes;
        if (visited == 0)
        {
            CheckArgumentCount(call);
            CheckInfo(call);
        }
        else
        {
            Expr argument = call.Arguments[visited - 1];
            Expect(argument, types[Math.Min(visited, types.Count) - 1], $"call to function {GoQuote.Quote(call.Function.Name)}");
        }

        bool isSurplus = visited >= types.Count && (call.Function.Variadic == 0 || types.Count == 0);
        return visited < call.Arguments.Count && !isSurplus ? call.Arguments[visited] : null;
    }

    private Expr? AdvanceUnary(UnaryExpr unary, int visited)
    {
        if (visited == 0)
        {
            return unary.Operand;
        }

        if (unary.Operand.Type is not (ExprType.Scalar or ExprType.Vector))
        {
            string got = GoQuote.Quote(unary.Operand.Type.DocumentedName());
            tokens.AddError(unary.Position, $"unary expression only allowed on expressions of type scalar or instant vector, got {got}");
        }

        return null;
    }

    private Expr? AdvanceSubquery(SubqueryExpr subquery, int visited)
    {
        if (visited == 0)
        {
            return subquery.Inner;
        }

        if (subquery.Inner.Type != ExprType.Vector)
        {
            tokens.AddError(subquery.Position, $"subquery is only allowed on instant vector, got {subquery.Inner.Type.ApiName()} instead");
        }

        return null;
    }

    private Expr? CheckSelector(VectorSelector selector)
    {
        if (selector.Name.Length > 0)
        {
            foreach (Matcher matcher in selector.Matchers.SkipLast(1).Where(static m => m.Name == Label.MetricName))
            {
                string names = $"{GoQuote.Quote(selector.Name)} or {GoQuote.Quote(matcher.Value)}";
                tokens.AddError(selector.Position, $"metric name must not be set twice: {names}");
            }
        }
        else if (!selector.BypassEmptyMatcherCheck && selector.Matchers.All(static m => m.MatchesEmpty))
        {
            tokens.AddError(selector.Position, "vector selector must contain at least one non-empty matcher");
        }

        return null;
    }

    private void CheckBinary(BinaryExpr binary)
    {
        ExprType left = binary.Left.Type;
        ExprType right = binary.Right.Type;
        VectorMatching matching = binary.Matching!;
        if (binary.ReturnBool && !binary.Op.IsComparison())
        {
            tokens.AddError(OperatorRange(binary), "bool modifier can only be used on comparison operators");
        }

        if (binary.Op.IsComparison() && !binary.ReturnBool && left == ExprType.Scalar && right == ExprType.Scalar)
        {
            tokens.AddError(OperatorRange(binary), "comparisons between scalars must use BOOL modifier");
        }

        if (binary.Op.IsSet() && matching.Card == MatchCardinality.OneToOne)
        {
            matching.Card = MatchCardinality.ManyToMany;
        }

        CheckMatchingLabels(binary, matching);
        CheckSide(binary.Left);
        CheckSide(binary.Right);
        if (left != ExprType.Vector || right != ExprType.Vector)
        {
            CheckNoMatching(binary, matching);
            binary.Matching = null;
        }
        else if (binary.Op.IsSet())
        {
            CheckSetMatching(binary, matching);
        }

        if (binary.Op.IsSet() && (left == ExprType.Scalar || right == ExprType.Scalar))
        {
            tokens.AddError(binary.Position, $"set operator {GoQuote.Quote(binary.Op.Text())} not allowed in binary scalar expression");
        }
    }

    private void CheckMatchingLabels(BinaryExpr binary, VectorMatching matching)
    {
        if (!matching.On)
        {
            return;
        }

        // Both lists may be long, and upstream names every pair.
        Dictionary<string, int> included = matching.Include.CountBy(static label => label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (string label in matching.MatchingLabels)
        {
            for (int i = included.GetValueOrDefault(label); i > 0 && !tokens.IsFull; i--)
            {
                tokens.AddError(OperatorRange(binary), $"label {GoQuote.Quote(label)} must not occur in ON and GROUP clause at once");
            }
        }
    }

    private void CheckSide(Expr side)
    {
        if (side.Type is not (ExprType.Scalar or ExprType.Vector))
        {
            tokens.AddError(side.Position, "binary expression must contain only scalar and instant vector types");
        }
    }

    private void CheckNoMatching(BinaryExpr binary, VectorMatching matching)
    {
        if (matching.MatchingLabels.Count > 0)
        {
            tokens.AddError(binary.Position, "vector matching only allowed between instant vectors");
        }

        if (matching.FillLeft is not null || matching.FillRight is not null)
        {
            tokens.AddError(binary.Position, "filling in missing series only allowed between instant vectors");
        }
    }

    private void CheckSetMatching(BinaryExpr binary, VectorMatching matching)
    {
        if (matching.Card is MatchCardinality.OneToMany or MatchCardinality.ManyToOne)
        {
            tokens.AddError(binary.Position, $"no grouping allowed for {GoQuote.Quote(binary.Op.Text())} operation");
        }

        if (matching.Card != MatchCardinality.ManyToMany)
        {
            tokens.AddError(binary.Position, "set operations must always be many-to-many");
        }

        if (matching.FillLeft is not null || matching.FillRight is not null)
        {
            tokens.AddError(binary.Position, "filling in missing series not allowed for set operators");
        }
    }

    private void CheckArgumentCount(Call call)
    {
        int wanted = call.Function.ArgumentTypes.Count;
        int variadic = call.Function.Variadic;
        int got = call.Arguments.Count;
        string? bound = null;
        if (variadic == 0)
        {
            bound = got == wanted ? null : $"{wanted}";
        }
        else if (got < wanted - 1)
        {
            bound = $"at least {wanted - 1}";
        }
        else if (variadic > 0 && got > wanted - 1 + variadic)
        {
            bound = $"at most {wanted - 1 + variadic}";
        }

        if (bound is not null)
        {
            tokens.AddError(call.Position, $"expected {bound} argument(s) in call to {GoQuote.Quote(call.Function.Name)}, got {got}");
        }
    }

    // The second argument of info() is a selector of labels only.
    private void CheckInfo(Call call)
    {
        if (call.Function.Name != "info" || call.Arguments.Count < 2)
        {
            return;
        }

        Expr second = call.Arguments[1];
        if (second.Type != ExprType.Vector)
        {
            tokens.AddError(call.Position, $"expected type instant vector in call to function \"info\", got {second.Type.DocumentedName()}");
        }

        switch (second)
        {
            case VectorSelector { Name.Length: > 0 }:
                tokens.AddError(second.Position, "expected label selectors only, got vector selector instead");
                break;
            case VectorSelector selector:
                selector.BypassEmptyMatcherCheck = true;
                break;
            default:
                tokens.AddError(second.Position, "expected label selectors only");
                break;
        }
    }

    private void Expect(Expr node, ExprType wanted, string context)
    {
        if (node.Type != wanted)
        {
            tokens.AddError(node.Position, $"expected type {wanted.DocumentedName()} in {context}, got {node.Type.DocumentedName()}");
        }
    }

    // From the operator to the right side, without the spaces around.
    private PositionRange OperatorRange(BinaryExpr binary)
    {
        ReadOnlySpan<byte> text = tokens.Text;
        int start = binary.Left.Position.End;
        int end = binary.Right.Position.Start - 1;
        while (start < text.Length && text[start] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            start++;
        }

        while (end > 0 && text[end] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            end--;
        }

        return new PositionRange(start, end);
    }
}
