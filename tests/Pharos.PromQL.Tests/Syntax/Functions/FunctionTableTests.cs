using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Tests.Syntax.Functions;

public sealed class FunctionTableTests
{
    [Fact]
    public void All_functions_of_upstream_are_known()
    {
        Assert.Equal(90, FunctionTable.All.Count);
        Assert.Equal(17, FunctionTable.All.Count(static f => f.IsExperimental));
        Assert.Equal(FunctionTable.All.Select(static f => f.Name).Order(StringComparer.Ordinal), FunctionTable.All.Select(static f => f.Name));
    }

    [Theory]
    [InlineData("round", 2, 1, ExprType.Vector)]
    [InlineData("label_join", 4, -1, ExprType.Vector)]
    [InlineData("scalar", 1, 0, ExprType.Scalar)]
    [InlineData("histogram_quantiles", 4, 9, ExprType.Vector)]
    public void Signatures_are_upstreams(string name, int types, int variadic, ExprType result)
    {
        Assert.True(FunctionTable.TryGet(name, out Function? function));
        Assert.Equal((types, variadic, result), (function.ArgumentTypes.Count, function.Variadic, function.ReturnType));
    }

    [Theory]
    [InlineData("floor()", "expected 1 argument(s) in call to \"floor\", got 0")]
    [InlineData("round(a, 1, 2)", "expected at most 2 argument(s) in call to \"round\", got 3")]
    [InlineData("label_join(a, \"b\")", "expected at least 3 argument(s) in call to \"label_join\", got 2")]
    [InlineData("label_join(a, \"b\", \"c\", 1)", "expected type string in call to function \"label_join\", got scalar")]
    [InlineData("info(a, b)", "expected label selectors only, got vector selector instead")]
    public void Arguments_are_checked(string text, string message)
    {
        var error = Assert.Throws<PromQLException>(() => PromQLParser.ParseExpr(text, ParserOptions.Everything));
        Assert.Equal(message, error.Errors[0].Message);
    }

    [Fact]
    public void Names_are_case_sensitive() => Assert.False(FunctionTable.TryGet("Rate", out _));
}
