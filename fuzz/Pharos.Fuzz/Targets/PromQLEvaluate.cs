using System.Text;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.PromQL.Sources;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Fuzz.Targets;

/// <summary>
/// Any query over odd data is answered or refused with an error of the engine, within time and memory; an answer has no label set twice, and a range query
/// answers at each step what an instant query answers there.
/// </summary>
internal static class PromQLEvaluate
{
    private const long MaxAllocatedBytes = 2L << 30;

    private static readonly InMemorySeriesSource Store = OddData.Make();

    // One thread, so that what a query allocates is known.
    private static readonly PromQLEngine Engine = new(new EngineOptions
    {
        Parser = ParserOptions.Everything,
        MaxSamples = 500_000,
        MaxThreads = 1,
        Timeout = TimeSpan.FromSeconds(20),
    });

    private static readonly (long Start, long End, long Step)[] Windows =
    [
        (600_000, 600_000, 1), (300_000, 1_500_000, 60_000), (0, 1_800_000, 15_000), (599_999, 600_003, 1), (-60_000, 120_000, 7_000), (900_000, 900_000, 3_600_000),
        (0, long.MaxValue, long.MaxValue / 3), (long.MinValue, long.MaxValue, 1L << 60), (0, long.MaxValue, 1), (1_700_000, 2_400_000, 30_000),
    ];

    // What depends on the query's own window answers otherwise at a step alone.
    private static readonly string[] WindowWords = ["start", "end", "step", "range"];

    public static void Run(ReadOnlySpan<byte> input)
    {
        Expr expr;
        try
        {
            expr = PromQLParser.ParseExpr(input.ToArray(), ParserOptions.Everything);
        }
        catch (PromQLException)
        {
            return;
        }

        string text = Encoding.UTF8.GetString(input);
        uint hash = 2166136261;
        foreach (byte b in input)
        {
            hash = (hash ^ b) * 16777619;
        }

        (long start, long end, long step) = Windows[hash % (uint)Windows.Length];
        QueryResult? last = Ask(() => Engine.InstantAsync(Store, expr, text, end));
        if (expr.Type is not (ExprType.Vector or ExprType.Scalar))
        {
            return;
        }

        QueryResult? range = Ask(() => Engine.RangeAsync(Store, expr, text, start, end, step));
        if (range is null || WindowWords.Any(w => text.Contains(w, StringComparison.Ordinal)))
        {
            return;
        }

        foreach (int s in new[] { 0, range.Steps / 2, range.Steps - 1 })
        {
            long time = range.TimeOf(s);
            QueryResult? alone = time == end && last is not null ? last : Ask(() => Engine.InstantAsync(Store, expr, text, time));
            if (alone is not null)
            {
                Compare(range, s, alone);
            }
        }
    }

    private static QueryResult? Ask(Func<Task<QueryResult>> query)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        QueryResult? result = null;
        try
        {
#pragma warning disable VSTHRD002 // the only query that runs: it is answered on this thread
            result = query().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
        catch (QueryException e) when (e.Kind != QueryErrorKind.Timeout && e.Message.Length > 0)
        {
            _ = e.Kind;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MaxAllocatedBytes)
        {
            throw new FuzzFailureException($"{allocated} bytes were allocated");
        }

        if (result is not null)
        {
            Check(result);
        }

        return result;
    }

    private static void Check(QueryResult result)
    {
        var seen = new HashSet<Labels>();
        foreach (ResultRow row in result.Rows)
        {
            if (!seen.Add(row.Labels))
            {
                throw new FuzzFailureException($"{row.Labels} is in the answer twice");
            }

            if (row.Values.IsEmpty)
            {
                throw new FuzzFailureException($"{row.Labels} has no value");
            }
        }
    }

    private static void Compare(QueryResult range, int step, QueryResult alone)
    {
        var expected = new Dictionary<Labels, ResultRow>();
        foreach (ResultRow row in range.Rows.Where(r => r.Has(step)))
        {
            expected.Add(row.Labels, row);
        }

        if (alone.Type == ExprType.Scalar)
        {
            Same(Labels.Empty, expected[Labels.Empty].Values.Span[step], alone.ScalarValue);
            return;
        }

        if (expected.Count != alone.Rows.Count)
        {
            throw new FuzzFailureException($"{expected.Count} series at {range.TimeOf(step)} in the range, {alone.Rows.Count} alone");
        }

        foreach (ResultRow row in alone.Rows)
        {
            if (!expected.TryGetValue(row.Labels, out ResultRow? other) || (row.HistogramAt(0) is null) != (other.HistogramAt(step) is null))
            {
                throw new FuzzFailureException($"{row.Labels} at {range.TimeOf(step)} is not the same in the range");
            }

            if (row.HistogramAt(0) is null)
            {
                Same(row.Labels, other.Values.Span[step], row.Values.Span[0]);
            }
        }
    }

    private static void Same(Labels labels, double inRange, double alone)
    {
        if (!inRange.Equals(alone) && inRange != alone && Math.Abs(inRange - alone) > 1e-9 * Math.Max(Math.Abs(inRange), Math.Abs(alone)))
        {
            throw new FuzzFailureException($"{labels} is {inRange:R} in the range and {alone:R} alone");
        }
    }
}
