using System.Text;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Fuzz.Targets;

/// <summary>Any text is a tree or an error in the text; a tree prints as text that gives the same tree, in one line and in many.</summary>
internal static class PromQLParse
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        byte[] text = input.ToArray();
        Expr expr;
        try
        {
            expr = PromQLParser.ParseExpr(text, ParserOptions.Everything);
        }
        catch (PromQLException e)
        {
            CheckErrors(e, text.Length);
            return;
        }

        if (expr.Depth > ParserOptions.Everything.MaxDepth)
        {
            throw new FuzzFailureException($"a tree {expr.Depth} levels deep");
        }

        // Printing may need room that the original did not, and bytes that are no text print as something else.
        string printed = expr.ToString();
        if (Encoding.UTF8.GetByteCount(printed) > ParserOptions.Everything.MaxQueryBytes || printed.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return;
        }

        Same(printed, Parse(printed).ToString());
        string pretty = expr.ToPrettyString();
        if (Encoding.UTF8.GetByteCount(pretty) <= ParserOptions.Everything.MaxQueryBytes)
        {
            Same(printed, Parse(pretty).ToString());
        }
    }

    private static Expr Parse(string printed)
    {
        try
        {
            return PromQLParser.ParseExpr(printed, ParserOptions.Everything);
        }
        catch (PromQLException e)
        {
            throw new FuzzFailureException($"what was printed does not parse: {printed}\n{e.Message}");
        }
    }

    private static void Same(string expected, string actual)
    {
        if (expected != actual)
        {
            throw new FuzzFailureException($"printed as {expected}\nand then as  {actual}");
        }
    }

    private static void CheckErrors(PromQLException e, int length)
    {
        foreach (ParseError error in e.Errors)
        {
            if (error.Position.Start < 0 || error.Position.Start > length || error.Message.Length == 0)
            {
                throw new FuzzFailureException($"an error at {error.Position} of {length} bytes: {error.Message}");
            }
        }
    }
}
