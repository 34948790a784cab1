using System.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Server.Dashboards;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/query_exemplars</c>: the exemplars of all series that an expression selects, whatever it makes of them.</summary>
internal sealed class ExemplarEndpoint(IExemplarSource source, Func<ParserOptions> language)
{
    public void Map(IEndpointRouteBuilder routes) => PrometheusApi.Map(routes, [HttpMethods.Get, HttpMethods.Post], "/api/v1/query_exemplars", AnswerAsync);

    private Task AnswerAsync(HttpContext context, RequestParameters parameters)
    {
        long start = parameters.Time("start", ApiTime.MinTime);
        long end = parameters.Time("end", ApiTime.MaxTime);
        if (end < start)
        {
            throw new ApiParameterException("end timestamp must not be before start timestamp");
        }

        IReadOnlyList<IReadOnlyList<Matcher>> selectors = [.. ExpressionSelectors.Of(Parse(parameters.Get("query"))).Select(static s => s.Matchers)];
        if (selectors.Count == 0)
        {
            // As upstream: there is nothing to look for.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        IReadOnlyList<ExemplarsOfSeries> found = source.SelectExemplars(selectors, start, end, context.RequestAborted);
        return ApiAnswer.WriteAsync(context, body => WriteAsync(body, found));
    }

    private Expr Parse(string query)
    {
        try
        {
            return PromQLParser.ParseExpr(query, language());
        }
        catch (PromQLException e)
        {
            throw new ApiParameterException(e.Message);
        }
    }

    private static async ValueTask WriteAsync(ResponseBody body, IReadOnlyList<ExemplarsOfSeries> found)
    {
        body.Write("["u8);
        for (int i = 0; i < found.Count; i++)
        {
            body.Write(i > 0 ? ",{\"seriesLabels\":"u8 : "{\"seriesLabels\":"u8);
            JsonText.WriteLabels(body, found[i].Series);
            body.Write(",\"exemplars\":["u8);
            for (int k = 0; k < found[i].Exemplars.Count; k++)
            {
                Write(body, found[i].Exemplars[k], isFirst: k == 0);
                await body.FlushIfFullAsync().ConfigureAwait(false);
            }

            body.Write("]}"u8);
        }

        body.Write("]"u8);
    }

    // {"labels":{"trace_id":"7"},"value":"0.5","timestamp":1435781451.781}
    private static void Write(ResponseBody body, Exemplar exemplar, bool isFirst)
    {
        body.Write(isFirst ? "{\"labels\":"u8 : ",{\"labels\":"u8);
        JsonText.WriteLabels(body, exemplar.Labels);
        body.Write(",\"value\":\""u8);
        body.Advance(JsonText.WriteValue(exemplar.Value, body.GetSpan(Core.Buffers.FloatWriter.MaxLength)));
        body.Write("\",\"timestamp\":"u8);
        body.Advance(JsonText.WriteTimestamp(exemplar.Timestamp, body.GetSpan(JsonText.MaxTimestampLength)));
        body.Write("}"u8);
    }
}
