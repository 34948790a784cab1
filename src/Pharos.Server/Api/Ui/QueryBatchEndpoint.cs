using System.Buffers;
using Pharos.Core.Contracts;
using Pharos.Dashboards.Resolving;
using Pharos.PromQL;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Scrape;
using Pharos.Server.Dashboards;

namespace Pharos.Server.Api.Ui;

/// <summary>
/// <c>p/query/batch</c>: all queries of a dashboard in one request, answered a line each as they complete. When the client goes away, what still runs is stopped.
/// </summary>
internal sealed class QueryBatchEndpoint
{
    // A batch leaves room for others: each query uses several threads by itself.
    private const int MaxAtOnce = 4;

    private readonly PrometheusApiServices _services;
    private readonly ScrapeManager _scrape;
    private readonly DashboardsPart _dashboards;

    /// <param name="services">What is asked.</param>
    /// <param name="scrape">Knows how often jobs are scraped.</param>
    /// <param name="dashboards">Knows the interval of series without a job.</param>
    public QueryBatchEndpoint(PrometheusApiServices services, ScrapeManager scrape, DashboardsPart dashboards)
    {
        _services = services;
        _scrape = scrape;
        _dashboards = dashboards;
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapUi(HttpMethods.Post, "query/batch", AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        BatchRequest request = await BatchRequest.ReadAsync(context).ConfigureAwait(false);
        var intervals = new ScrapeIntervals(_services.Source, _scrape.GetPools(), _dashboards.GlobalInterval);
        using var body = new ResponseBody(context);
        context.Response.ContentType = "application/x-ndjson";
        using var one = new SemaphoreSlim(1);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MaxAtOnce), CancellationToken = context.RequestAborted };
        try
        {
            await Parallel.ForEachAsync(request.Queries, options, async (query, stop) =>
            {
                ArrayBufferWriter<byte> line = await AnswerOneAsync(request, query, intervals, stop).ConfigureAwait(false);
                await one.WaitAsync(stop).ConfigureAwait(false);
                try
                {
                    body.Write(line.WrittenSpan);
                    await body.FlushAsync().ConfigureAwait(false);
                }
                finally
                {
                    one.Release();
                }
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        body.Write("{\"done\":true,\"asOf\":"u8);
        BatchLineWriter.WriteNumber(body, _services.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        body.Write("}\n"u8);
        await body.CompleteAsync().ConfigureAwait(false);
    }

    private async Task<ArrayBufferWriter<byte>> AnswerOneAsync(BatchRequest request, BatchQuery query, ScrapeIntervals intervals, CancellationToken stop)
    {
        var line = new ArrayBufferWriter<byte>(1024);
        line.Write("{\"id\":"u8);
        JsonText.WriteString(line, query.Id);
        string expr = query.Expr;
        long step = 0;
        try
        {
            PromQLEngine engine = _services.Engine;
            long scrapeInterval = IntervalOf(query, request, intervals, engine.Options.Parser, stop);
            step = QueryStep.Choose(query, request.To - request.From, scrapeInterval);
            expr = new QueryNames(step, scrapeInterval, request.From, request.To).Replace(query.Expr);
            Expr parsed = PromQLParser.ParseExpr(expr, engine.Options.Parser);
            Require(parsed, query);
            QueryResult result = query.Instant
                ? await engine.InstantAsync(_services.Source, parsed, expr, request.To, stop).ConfigureAwait(false)
                : await engine.RangeAsync(_services.Source, parsed, expr, QueryStep.Align(request.From, step), request.To, step, stop).ConfigureAwait(false);
            WriteAnswer(line, query, expr, step, scrapeInterval, result);
        }
        catch (PromQLException e)
        {
            WriteError(line, expr, "the query is not PromQL", e.Message, new TextPlaces(expr).Of(e.Position));
        }
        catch (QueryException e) when (e.Kind != QueryErrorKind.Canceled)
        {
            WriteError(line, expr, e.Kind == QueryErrorKind.Timeout ? "the query took too long" : "the query cannot be answered", e.Message, null);
            if (step > 0)
            {
                WriteGrid(line, request, query, step);
            }
        }
        catch (QueryException e)
        {
            throw new OperationCanceledException(e.Message, e, stop);
        }
        catch (StorageUnavailableException e)
        {
            WriteError(line, expr, "the store is not open", e.Message, null);
        }

        line.Write("}\n"u8);
        return line;
    }

    // With any span in place of the variables the selectors are the same.
    private static long IntervalOf(BatchQuery query, BatchRequest request, ScrapeIntervals intervals, ParserOptions language, CancellationToken stop)
    {
        const long AnyMs = 60_000;
        string text = new QueryNames(AnyMs, AnyMs, request.From, request.To).Replace(query.Expr);
        return intervals.Of(PromQLParser.ParseExpr(text, language), request.From, request.To, stop);
    }

    private static void Require(Expr parsed, BatchQuery query)
    {
        if (parsed.Type is not (ExprType.Vector or ExprType.Scalar))
        {
            string needed = query.Instant ? "a number or one value a series" : "a number or values on steps";
            throw new QueryException(QueryErrorKind.BadData, $"the expression has the type {parsed.Type.DocumentedName()}: expected one that gives {needed}");
        }
    }

    private static void WriteAnswer(ArrayBufferWriter<byte> line, BatchQuery query, string expr, long step, long scrapeInterval, QueryResult result)
    {
        line.Write(",\"expr\":"u8);
        JsonText.WriteString(line, expr);
        line.Write(",\"step\":"u8);
        BatchLineWriter.WriteNumber(line, step);
        long points = BatchLineWriter.WriteSeries(line, result, query);
        line.Write(",\"meta\":{\"series\":"u8);
        BatchLineWriter.WriteNumber(line, result.Type == ExprType.Scalar ? 1 : result.Rows.Count);
        line.Write(",\"points\":"u8);
        BatchLineWriter.WriteNumber(line, points);
        line.Write(",\"samples\":"u8);
        BatchLineWriter.WriteNumber(line, result.Statistics.SamplesRead);
        line.Write(",\"durationMs\":"u8);
        BatchLineWriter.WriteMilliseconds(line, result.Statistics.QueueTime + result.Statistics.EvaluationTime);
        line.Write(",\"scrapeIntervalMs\":"u8);
        BatchLineWriter.WriteNumber(line, scrapeInterval);
        line.Write("}"u8);
        if (result.Annotations.Count > 0)
        {
            var places = new TextPlaces(expr);
            WriteRemarks(line, ",\"warnings\":["u8, result.Annotations.Where(static a => a.IsWarning), places);
            WriteRemarks(line, ",\"infos\":["u8, result.Annotations.Where(static a => !a.IsWarning), places);
        }
    }

    private static void WriteRemarks(ArrayBufferWriter<byte> line, ReadOnlySpan<byte> head, IEnumerable<QueryAnnotation> remarks, TextPlaces places)
    {
        const int MaxRemarks = 10;
        bool any = false;
        foreach (QueryAnnotation remark in remarks.Take(MaxRemarks))
        {
            line.Write(any ? ","u8 : head);
            any = true;
            line.Write("{\"text\":"u8);
            JsonText.WriteString(line, remark.Text);
            WritePlace(line, places.Of(remark.Position));
            line.Write("}"u8);
        }

        if (any)
        {
            line.Write("]"u8);
        }
    }

    // What was asked for, so that the same can be asked to be explained.
    private static void WriteGrid(ArrayBufferWriter<byte> line, BatchRequest request, BatchQuery query, long step)
    {
        line.Write(",\"step\":"u8);
        BatchLineWriter.WriteNumber(line, step);
        line.Write(",\"t0\":"u8);
        BatchLineWriter.WriteNumber(line, query.Instant ? request.To : QueryStep.Align(request.From, step));
    }

    private static void WriteError(ArrayBufferWriter<byte> line, string expr, string message, string cause, UiPlace? place)
    {
        line.Write(",\"expr\":"u8);
        JsonText.WriteString(line, expr);
        line.Write(",\"error\":{\"message\":"u8);
        JsonText.WriteString(line, UiText.Sentence(message));
        line.Write(",\"cause\":"u8);
        JsonText.WriteString(line, cause);
        WritePlace(line, place);
        line.Write("}"u8);
    }

    private static void WritePlace(ArrayBufferWriter<byte> line, UiPlace? place)
    {
        if (place is { Offset: { } offset, Length: { } length })
        {
            line.Write(",\"place\":{\"offset\":"u8);
            BatchLineWriter.WriteNumber(line, offset);
            line.Write(",\"length\":"u8);
            BatchLineWriter.WriteNumber(line, length);
            line.Write("}"u8);
        }
    }
}
