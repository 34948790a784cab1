using System.Text;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Tests.Syntax;

public sealed class SyntaxPropertyTests
{
    private const string Alphabet = "(){}[],\"'`=!~<>@:+-*/^%# \n\\ax1_.é";

    [Fact]
    public void What_is_printed_parses_to_the_same_tree() => Check(static seed =>
    {
        string text = new ExpressionGenerator(new Random(seed)).Vector(4);
        Expr expr = Parse(text);
        string tree = TreeText.Of(expr);
        Assert.Equal(tree, TreeText.Of(Parse(expr.ToString())));
        Assert.Equal(tree, TreeText.Of(Parse(expr.ToPrettyString(20))));
        Assert.Equal(expr.ToString(), Parse(expr.ToString()).ToString());
    });

    [Fact]
    public void Positions_of_children_lie_within_their_parents() => Check(static seed =>
    {
        string text = new ExpressionGenerator(new Random(seed)).Vector(4);
        Expr expr = Parse(text);
        Assert.Equal(new PositionRange(0, Encoding.UTF8.GetByteCount(text)), expr.Position);
        AssertNested(expr);
    });

    [Fact]
    public void Any_text_gives_a_tree_or_an_error() => Check(static seed =>
    {
        var random = new Random(seed);
        string text = Mutate(new ExpressionGenerator(random).Vector(3), random);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(4) == 0 && bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        try
        {
            string printed = PromQLParser.ParseExpr(bytes, ParserOptions.Everything).ToString();
            Assert.Equal(printed, PromQLParser.ParseExpr(printed, ParserOptions.Everything).ToString());
        }
        catch (PromQLException e)
        {
            Assert.All(e.Errors, error => Assert.InRange(error.Position.Start, 0, bytes.Length));
        }
    });

    [Fact]
    public void Any_series_description_gives_values_or_an_error() => Check(static seed =>
    {
        var random = new Random(seed);
        string text = Mutate("m{a=\"b\"} 1 2+3x4 _ stale {{schema:1 sum:2 buckets:[1 2]}}+{{sum:1}}x3 -5x2", random);
        try
        {
            _ = PromQLParser.ParseSeriesDescription(text, ParserOptions.Default with { MaxSeriesValues = 1000 });
        }
        catch (PromQLException e)
        {
            Assert.NotEmpty(e.Errors);
        }
    });

    // The same seeds at every run; a failure names its text.
    private static void Check(Action<int> property)
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            property(seed);
        }
    }

    private static Expr Parse(string text)
    {
        try
        {
            return PromQLParser.ParseExpr(text, ParserOptions.Everything);
        }
        catch (PromQLException e)
        {
            throw new InvalidOperationException($"{e.Message} in {text}", e);
        }
    }

    private static string Mutate(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = random.Next(mutated.Length + 1);
            switch (random.Next(3))
            {
                case 0 when at < mutated.Length:
                    mutated.Remove(at, Math.Min(random.Next(1, 8), mutated.Length - at));
                    break;
                case 1:
                    mutated.Insert(at, mutated.ToString(0, Math.Min(at, 9)));
                    break;
                default:
                    mutated.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                    break;
            }
        }

        return mutated.ToString();
    }

    private static void AssertNested(Expr expr)
    {
        IEnumerable<Expr> children = expr switch
        {
            ParenExpr paren => [paren.Inner],
            UnaryExpr unary => [unary.Operand],
            BinaryExpr binary => [binary.Left, binary.Right],
            Call call => call.Arguments,
            AggregateExpr aggregate => aggregate.Parameter is null ? [aggregate.Inner] : [aggregate.Parameter, aggregate.Inner],
            SubqueryExpr subquery => [subquery.Inner],
            _ => [],
        };
        foreach (Expr child in children)
        {
            Assert.InRange(child.Position.Start, expr.Position.Start, child.Position.End);
            Assert.InRange(child.Position.End, child.Position.Start, expr.Position.End);
            AssertNested(child);
        }
    }
}
