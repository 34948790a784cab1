using System.Globalization;
using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax;
using Pharos.Server.Api;
using Pharos.Server.Api.Ui;

namespace Pharos.Server.Export;

/// <summary>
/// <c>GET|POST /api/pharos/v1/export?match[]=&amp;start=&amp;end=&amp;format=openmetrics|csv</c>: samples as text, streamed. An answer that breaks off has no <c># EOF</c> and ends the
/// connection. How many native histograms the form could not say stands behind the body, in the trailer <see cref="LeftOutTrailer"/>.
/// </summary>
internal sealed class ExportEndpoint : IDisposable
{
    public const string Path = UiApi.Root + "/export";
    public const string LeftOutTrailer = "Pharos-Histograms-Left-Out";

    // Each holds what it reads in the store for as long as its client takes.
    private const int MaxAtOnce = 2;

    private readonly ISeriesSource _source;
    private readonly Func<ParserOptions> _language;
    private readonly SemaphoreSlim _places = new(MaxAtOnce);

    public ExportEndpoint(ISeriesSource source, Func<ParserOptions> language)
    {
        _source = source;
        _language = language;
    }

    public void Map(IEndpointRouteBuilder routes) => PrometheusApi.Map(routes, [HttpMethods.Get, HttpMethods.Post], Path, AnswerAsync);

    public void Dispose() => _places.Dispose();

    private async Task AnswerAsync(HttpContext context, RequestParameters parameters)
    {
        IReadOnlyList<IReadOnlyList<Matcher>> selectors = SelectorsOf(parameters);
        long start = parameters.Time("start", ApiTime.MinTime);
        long end = parameters.Time("end", ApiTime.MaxTime);
        if (end < start)
        {
            throw new ApiParameterException("end timestamp must not be before start timestamp");
        }

        (ISampleTextWriter writer, bool hasMarkers) = WriterOf(parameters.Get("format"));
        if (!await _places.WaitAsync(TimeSpan.Zero, context.RequestAborted).ConfigureAwait(false))
        {
            await ApiResponse.WriteErrorAsync(context, ApiErrorType.Unavailable, $"{MaxAtOnce} exports are under way, try again later").ConfigureAwait(false);
            return;
        }

        try
        {
            await WriteAsync(context, new SampleExport(selectors, writer, hasMarkers), writer.ContentType, start, end).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task WriteAsync(HttpContext context, SampleExport export, string contentType, long start, long end)
    {
        using ISeriesQuerier querier = _source.OpenQuerier();
        using var body = new ResponseBody(context);
        context.Response.ContentType = contentType;
        bool hasTrailers = context.Response.SupportsTrailers();
        if (hasTrailers)
        {
            context.Response.DeclareTrailer(LeftOutTrailer);
        }

        await export.WriteAsync(querier, body, start, end, context.RequestAborted).ConfigureAwait(false);

        // Sent before it ends: an answer with a length has no trailers.
        await body.FlushAsync().ConfigureAwait(false);
        await body.CompleteAsync().ConfigureAwait(false);
        if (hasTrailers)
        {
            context.Response.AppendTrailer(LeftOutTrailer, export.HistogramsLeftOut.ToString(CultureInfo.InvariantCulture));
        }
    }

    private IReadOnlyList<IReadOnlyList<Matcher>> SelectorsOf(RequestParameters parameters)
    {
        if (parameters.GetAll("match[]").Count == 0)
        {
            throw new ApiParameterException("no match[] parameter provided");
        }

        try
        {
            return PromQLParser.ParseMetricSelectors(parameters.GetAll("match[]"), _language());
        }
        catch (PromQLException e)
        {
            throw ApiParameterException.Of("match[]", e.Message);
        }
    }

    private static (ISampleTextWriter Writer, bool HasMarkers) WriterOf(string format) => format switch
    {
        "" or "openmetrics" => (new OpenMetricsSampleWriter(), false),
        "csv" => (new CsvSampleWriter(), true),
        _ => throw ApiParameterException.Of("format", "expected openmetrics or csv"),
    };
}
