using System.Diagnostics;
using System.Text;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax.Lexing;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.PromQL.Syntax.Parsing;
using Pharos.PromQL.Syntax.Series;

namespace Pharos.PromQL.Syntax;

/// <summary>
/// Turns query text into syntax trees: the language of Prometheus 3.14. Any text, however long or deep, gives a tree or a <see cref="PromQLException"/>
/// in time proportional to its length. Usable from any thread.
/// </summary>
public static class PromQLParser
{
    /// <summary>Parses and type-checks an expression.</summary>
    /// <exception cref="PromQLException">The text is no valid expression, or exceeds a limit of the options.</exception>
    public static Expr ParseExpr(string text, ParserOptions? options = null) => ParseExpr(Encoding.UTF8.GetBytes(text), options);

    /// <summary>Parses and type-checks an expression given as UTF-8, which need not be valid.</summary>
    /// <exception cref="PromQLException">The text is no valid expression, or exceeds a limit of the options.</exception>
    public static Expr ParseExpr(ReadOnlyMemory<byte> text, ParserOptions? options = null)
    {
        options ??= ParserOptions.Default;
        CheckLength(text, options);
        var tokens = new TokenStream(text);
        Expr? expr = ParseWhole(tokens, options);
        if (expr is not null && tokens.Errors.Count == 0)
        {
            new TypeChecker(tokens).Check(expr);
            if (tokens.Errors.Count == 0 && expr.Depth > options.MaxDepth)
            {
                tokens.AddError(expr.Position, $"expression is nested {expr.Depth} levels deep, the limit is {options.MaxDepth}");
            }
        }

        ThrowOnErrors(tokens);
        return expr ?? throw new UnreachableException("a parse without errors gave no expression");
    }

    /// <summary>Parses a series selector of the HTTP API's <c>match[]</c>, such as <c>up{job="node"}</c>.</summary>
    /// <exception cref="PromQLException">The text is no valid selector.</exception>
    public static IReadOnlyList<Matcher> ParseMetricSelector(string text, ParserOptions? options = null)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        CheckLength(bytes, options ?? ParserOptions.Default);
        var tokens = new TokenStream(bytes);
        var selectors = new SelectorParser(tokens);
        VectorSelector? selector = null;
        if (tokens.Kind.IsMetricName())
        {
            selector = selectors.ParseNamed(tokens.Take());
        }
        else if (tokens.Kind == TokenKind.LeftBrace)
        {
            selector = selectors.ParseNameless();
        }

        EndWhole(tokens, selector is not null);
        ThrowOnErrors(tokens);
        return selector?.Matchers ?? throw new UnreachableException("a parse without errors gave no selector");
    }

    /// <summary>Parses several selectors.</summary>
    /// <exception cref="PromQLException">One of the texts is no valid selector; the first such.</exception>
    public static IReadOnlyList<IReadOnlyList<Matcher>> ParseMetricSelectors(IEnumerable<string> texts, ParserOptions? options = null) =>
        [.. texts.Select(text => ParseMetricSelector(text, options))];

    /// <summary>Parses a series of a test script: labels and values, such as <c>up{job="node"} 1 0x3 2+1x5 _ stale</c>.</summary>
    /// <exception cref="PromQLException">The text is no valid description, or has more values than the options allow.</exception>
    public static SeriesDescription ParseSeriesDescription(string text, ParserOptions? options = null)
    {
        options ??= ParserOptions.Default;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        CheckLength(bytes, options);
        var tokens = new TokenStream(bytes, seriesDescription: true);
        Labels? labels = new MetricParser(tokens).Parse();
        IReadOnlyList<SeriesValue> values = labels is null ? [] : new SeriesParser(tokens, options.MaxSeriesValues).Parse();
        EndWhole(tokens, labels is not null);
        ThrowOnErrors(tokens);
        return new SeriesDescription(labels ?? Labels.Empty, values);
    }

    internal static string TooDeep(ParserOptions options) => $"expression is nested more than {options.MaxDepth} levels deep";

    private static Expr? ParseWhole(TokenStream tokens, ParserOptions options)
    {
        if (tokens.Kind == TokenKind.EndOfInput)
        {
            tokens.AddError(default, "no expression found in input");
            return null;
        }

        Expr? expr = new ExpressionParser(tokens, options).Parse();
        EndWhole(tokens, expr is not null);
        return expr;
    }

    // Only the end may follow. What stands before it is dropped, but the lexer may still complain of it.
    private static void EndWhole(TokenStream tokens, bool isParsed)
    {
        while (isParsed && tokens.Kind is not (TokenKind.EndOfInput or TokenKind.Error))
        {
            isParsed = tokens.Recover();
        }

        if (!isParsed && !tokens.IsAborted)
        {
            tokens.Unexpected("", "");
            tokens.Drain();
        }
    }

    private static void CheckLength(ReadOnlyMemory<byte> text, ParserOptions options)
    {
        if (text.Length > options.MaxQueryBytes)
        {
            string message = $"query is too long: {text.Length} bytes, the limit is {options.MaxQueryBytes}";
            throw new PromQLException([TokenStream.Locate(text.Span, default, message)]);
        }
    }

    private static void ThrowOnErrors(TokenStream tokens)
    {
        if (tokens.Errors.Count > 0)
        {
            throw new PromQLException(tokens.Errors);
        }
    }
}
