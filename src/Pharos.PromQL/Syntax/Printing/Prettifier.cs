using System.Text;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax.Printing;

/// <summary>
/// Breaks expressions that are longer than a line, as upstream's formatter does: an expression that fits stays as the canonical text, one that does not
/// puts its parts on lines of their own, one level deeper.
/// </summary>
internal sealed class Prettifier
{
    private readonly StringBuilder _text = new();
    private readonly int _width;

    private Prettifier(int width)
    {
        _width = width;
    }

    /// <summary>The text with lines of at most <paramref name="width"/> bytes, where the parts allow it.</summary>
    public static string Print(Expr expr, int width)
    {
        var prettifier = new Prettifier(width);
        prettifier.Append(expr, 0, indented: true);
        return prettifier._text.ToString();
    }

    // Whoever has written something on the line already asks for no indent.
    private void Append(Expr expr, int level, bool indented)
    {
        switch (expr)
        {
            case SubqueryExpr subquery when Printer.IsLongerThan(subquery, _width):
                Append(subquery.Inner, level, indented);
                _text.Append(Printer.PrintSuffix(subquery));
                return;
            case BinaryExpr binary when Printer.IsLongerThan(binary, _width):
                AppendBinary(binary, level, indented);
                return;
        }

        // Upstream does not indent a subquery that fits.
        Indent(indented && expr is not SubqueryExpr ? level : 0);
        switch (expr)
        {
            case UnaryExpr unary:
                _text.Append(unary.Op == UnaryOp.Minus ? '-' : '+');
                Append(unary.Operand, level, indented: false);
                break;
            case AggregateExpr aggregate when Printer.IsLongerThan(aggregate, _width):
                AppendParts(Printer.PrintHead(aggregate), aggregate.Parameter is null ? [aggregate.Inner] : [aggregate.Parameter, aggregate.Inner], level);
                break;
            case Call call when Printer.IsLongerThan(call, _width):
                AppendParts(call.Function.Name, call.Arguments, level);
                break;
            case ParenExpr paren when Printer.IsLongerThan(paren, _width):
                AppendParts("", [paren.Inner], level);
                break;
            default:
                _text.Append(Printer.Print(expr));
                break;
        }
    }

    private void AppendBinary(BinaryExpr binary, int level, bool indented)
    {
        Append(binary.Left, level + 1, indented);
        _text.Append('\n');
        Indent(level);
        _text.Append(Printer.PrintOperator(binary)).Append('\n');
        Append(binary.Right, level + 1, indented: true);
    }

    private void AppendParts(string head, IReadOnlyList<Expr> parts, int level)
    {
        _text.Append(head).Append("(\n");
        for (int i = 0; i < parts.Count; i++)
        {
            if (i > 0)
            {
                _text.Append(",\n");
            }

            Append(parts[i], level + 1, indented: true);
        }

        _text.Append('\n');
        Indent(level);
        _text.Append(')');
    }

    private void Indent(int level) => _text.Insert(_text.Length, "  ", level);
}
