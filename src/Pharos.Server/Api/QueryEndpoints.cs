using System.Buffers;
using System.Text.Json;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/query</c>, <c>/query_range</c>, <c>/format_query</c> and <c>/parse_query</c>.</summary>
internal sealed class QueryEndpoints(PrometheusApiServices services)
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long MaxPoints = 11_000;

    public async Task InstantAsync(HttpContext context, RequestParameters parameters)
    {
        int limit = parameters.Limit();
        long time = parameters.Time("time", services.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        PromQLEngine engine = EngineFor(context, parameters);
        string text = parameters.Get("query");
        await AnswerAsync(context, parameters, limit, expr => engine.InstantAsync(services.Source, expr, text, time, context.RequestAborted)).ConfigureAwait(false);
    }

    public async Task RangeAsync(HttpContext context, RequestParameters parameters)
    {
        int limit = parameters.Limit();
        long start = parameters.RequiredTime("start");
        long end = parameters.RequiredTime("end");
        if (end < start)
        {
            throw ApiParameterException.Of("end", "end timestamp must not be before start time");
        }

        // The engine's clock ticks in milliseconds.
        long step = parameters.RequiredDuration("step");
        if (step < NanosecondsPerMillisecond)
        {
            throw ApiParameterException.Of("step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }

        Int128 points = (end - (Int128)start) * NanosecondsPerMillisecond / step;
        if (points > MaxPoints)
        {
            throw new ApiParameterException(
                $"exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX): {points} points were asked for");
        }

        PromQLEngine engine = EngineFor(context, parameters);
        string text = parameters.Get("query");
        long stepMs = step / NanosecondsPerMillisecond;
        await AnswerAsync(context, parameters, limit, expr => engine.RangeAsync(services.Source, expr, text, start, end, stepMs, context.RequestAborted))
            .ConfigureAwait(false);
    }

    public Task FormatAsync(HttpContext context, RequestParameters parameters)
    {
        string formatted = ParseQuery(parameters).ToPrettyString();
        return ApiAnswer.WriteAsync(context, body =>
        {
            JsonText.WriteString(body, formatted);
            return ValueTask.CompletedTask;
        });
    }

    public Task ParseAsync(HttpContext context, RequestParameters parameters)
    {
        Expr expr = ParseQuery(parameters);
        return ApiAnswer.WriteAsync(context, body =>
        {
            using var json = new Utf8JsonWriter(body, SyntaxTreeWriter.Options);
            SyntaxTreeWriter.Write(json, expr);
            return ValueTask.CompletedTask;
        });
    }

    private async Task AnswerAsync(HttpContext context, RequestParameters parameters, int limit, Func<Expr, Task<QueryResult>> evaluate)
    {
        Expr expr = ParseQuery(parameters);
        QueryResult result;
        try
        {
            result = await evaluate(expr).ConfigureAwait(false);
        }
        catch (QueryException e)
        {
            await WriteErrorAsync(context, e).ConfigureAwait(false);
            return;
        }

        string stats = parameters.Get("stats");
        List<string> warnings = [.. result.Warnings, .. ApiAnswer.TruncationWarning(limit > 0 && result.Rows.Count > limit)];
        if (stats is not ("" or "true" or "all"))
        {
            warnings.Add($"value {GoQuote.Quote(stats)} for parameter \"stats\" is deprecated and will be rejected in the next major release, use \"true\" or \"all\"");
        }

        bool perStep = stats == "all" && services.HasPerStepStatistics;
        await ApiAnswer.WriteAsync(context, body => WriteDataAsync(body, result, limit, stats.Length > 0, perStep), warnings, result.Infos).ConfigureAwait(false);
    }

    private static async ValueTask WriteDataAsync(ResponseBody body, QueryResult result, int limit, bool withStatistics, bool perStep)
    {
        body.Write("{\"resultType\":"u8);
        JsonText.WriteString(body, result.Type.ApiName());
        body.Write(",\"result\":"u8);
        await new QueryResultWriter(body, result).WriteAsync(limit).ConfigureAwait(false);
        if (withStatistics)
        {
            body.Write(",\"stats\":"u8);
            using var json = new Utf8JsonWriter(body);
            QueryStatisticsWriter.Write(json, result.Statistics, perStep);
        }

        body.Write("}"u8);
    }

    private static Task WriteErrorAsync(HttpContext context, QueryException e)
    {
        ApiErrorType type = e.Kind switch
        {
            QueryErrorKind.BadData => ApiErrorType.BadData,
            QueryErrorKind.Timeout => ApiErrorType.Timeout,
            QueryErrorKind.Canceled => ApiErrorType.Canceled,
            _ => ApiErrorType.Execution,
        };
        string message = type == ApiErrorType.BadData ? ApiParameterException.Of("query", e.Message).Message : e.Message;
        return ApiResponse.WriteErrorAsync(context, type, message);
    }

    private Expr ParseQuery(RequestParameters parameters)
    {
        try
        {
            return PromQLParser.ParseExpr(parameters.Get("query"), services.Engine.Options.Parser);
        }
        catch (PromQLException e)
        {
            throw ApiParameterException.Of("query", e.Message);
        }
    }

    private PromQLEngine EngineFor(HttpContext context, RequestParameters parameters)
    {
        TimeSpan? timeout = parameters.Duration("timeout");
        TimeSpan lookback = LookbackOf(parameters);
        bool countsSamples = parameters.Get("stats").Length > 0;
        PromQLEngine engine = services.Engine;
        EngineOptions options = engine.Options;
        return timeout is null && lookback <= TimeSpan.Zero && !countsSamples && options.Log is null
            ? engine
            : engine.With(options with
            {
                LookbackDelta = lookback > TimeSpan.Zero ? lookback : options.LookbackDelta,
                Timeout = timeout is { } given ? Shorter(given, options.Timeout) : options.Timeout,
                CountsSamples = countsSamples || options.CountsSamples,
                Asker = options.Log is null ? null : RequestAsker.Of(context),
            });
    }

    // Zero for the server's own, which upstream takes a negative one for too.
    private static TimeSpan LookbackOf(RequestParameters parameters)
    {
        try
        {
            return parameters.Get("lookback_delta") is { Length: > 0 } text ? new TimeSpan(ApiTime.ParseDuration(text) / TimeSpan.NanosecondsPerTick) : TimeSpan.Zero;
        }
        catch (FormatException e)
        {
            throw new ApiParameterException($"error parsing lookback delta duration: {e.Message}");
        }
    }

    // A request may want less time than the server grants; for the engine zero would be no limit.
    private static TimeSpan Shorter(TimeSpan given, TimeSpan granted)
    {
        if (given <= TimeSpan.Zero)
        {
            throw ApiParameterException.Of("timeout", "the time must be above 0, otherwise it is over before the query begins");
        }

        return granted > TimeSpan.Zero && granted < given ? granted : given;
    }
}
