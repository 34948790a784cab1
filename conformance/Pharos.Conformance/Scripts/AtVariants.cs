using System.Globalization;
using System.Text;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Conformance.Scripts;

/// <summary>Rewrites a query so that every selector looks at one time: its answer must then be the same whenever it is evaluated.</summary>
internal static class AtVariants
{
    private static readonly string[] TimeFunctions =
    [
        "days_in_month", "day_of_month", "day_of_week", "day_of_year", "end", "hour", "minute", "month", "year", "predict_linear", "range", "start", "step",
        "time", "timestamp",
    ];

    /// <summary>The query with <c>@ time</c> behind each selector and subquery that has none, printed; null when a function in it depends on the time.</summary>
    public static string? Pin(string query, long timeMs)
    {
        Expr expression = PromQLParser.ParseExpr(query, ParserOptions.Everything);
        var places = new List<int>();
        byte[] text = Encoding.UTF8.GetBytes(query);
        if (!Collect(expression, text, places))
        {
            return null;
        }

        string at = string.Create(CultureInfo.InvariantCulture, $" @ {timeMs / 1000.0:0.000} ");
        var pinned = new StringBuilder();
        int from = 0;
        foreach (int place in places.Order())
        {
            pinned.Append(Encoding.UTF8.GetString(text.AsSpan(from, place - from))).Append(at);
            from = place;
        }

        pinned.Append(Encoding.UTF8.GetString(text.AsSpan(from)));
        try
        {
            return PromQLParser.ParseExpr(pinned.ToString(), ParserOptions.Everything).ToString();
        }
        catch (PromQLException e)
        {
            throw new InvalidOperationException($"{pinned}: {e.Message}", e);
        }
    }

    // Where to write; false when a function depends on the time of evaluation.
    private static bool Collect(Expr expression, byte[] text, List<int> places)
    {
        switch (expression)
        {
            case ParenExpr paren:
                return Collect(paren.Inner, text, places);
            case UnaryExpr unary:
                return Collect(unary.Operand, text, places);
            case BinaryExpr binary:
                return Collect(binary.Left, text, places) & Collect(binary.Right, text, places);
            case AggregateExpr aggregate:
                return Collect(aggregate.Inner, text, places) & (aggregate.Parameter is null || Collect(aggregate.Parameter, text, places));
            case Call call:
                return !TimeFunctions.Contains(call.Function.Name, StringComparer.Ordinal) & call.Arguments.All(a => Collect(a, text, places));
            case VectorSelector selector:
                Add(selector, EndOf(selector, selector.Position, text), places);
                return true;
            case MatrixSelector matrix:
                Add(matrix.Selector, EndOf(matrix.Selector, matrix.Position, text), places);
                return true;
            case SubqueryExpr subquery:
                Add(subquery, EndOf(subquery, subquery.Position, text), places);

                // What is inside looks at the subquery's own steps, which are fixed now.
                return Collect(subquery.Inner, text, []);
            default:
                return true;
        }
    }

    // Before the words anchored and smoothed, which stay last, and before an offset that is computed, whose end upstream does not tell exactly.
    private static int EndOf(TimeShiftedExpr shifted, PositionRange position, byte[] text)
    {
        ReadOnlySpan<byte> word = shifted is VectorSelector { Anchored: true } ? "anchored"u8
            : shifted is VectorSelector { Smoothed: true } ? "smoothed"u8
            : shifted.OffsetExpr is not null ? "offset"u8
            : [];
        ReadOnlySpan<byte> written = text.AsSpan(position.Start, position.End - position.Start);
        int at = word.IsEmpty ? -1 : written.LastIndexOf(word);

        // A metric may have such a name; the word stands behind its selector.
        return at <= 0 || char.IsAsciiLetterOrDigit((char)written[at - 1]) || written[at - 1] == (byte)'_' ? position.End : position.Start + at;
    }

    private static void Add(TimeShiftedExpr shifted, int place, List<int> places)
    {
        if (shifted.Timestamp is null && shifted.StartOrEnd == AtModifier.None)
        {
            places.Add(place);
        }
    }
}
