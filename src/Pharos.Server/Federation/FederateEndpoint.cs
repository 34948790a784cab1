using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax;
using Pharos.Server.Api;
using Pharos.Server.Http;
using Pharos.Server.Metrics;

namespace Pharos.Server.Federation;

/// <summary><c>/federate</c>: the newest sample of each series that a <c>match[]</c> selects, for another server to scrape.</summary>
internal sealed class FederateEndpoint
{
    private readonly ISeriesSource _source;
    private readonly Func<ParserOptions> _language;
    private readonly Func<Labels> _external;
    private readonly FederationMetrics _metrics;
    private readonly TimeSpan _lookback;
    private readonly TimeProvider _clock;

    /// <param name="source">What is stored here; nothing from elsewhere.</param>
    /// <param name="language">How selectors are read.</param>
    /// <param name="external">The external labels of the configuration as it is now.</param>
    /// <param name="metrics">Counts failures.</param>
    /// <param name="lookback">How old a sample may be.</param>
    /// <param name="clock">Says what "now" is.</param>
    public FederateEndpoint(ISeriesSource source, Func<ParserOptions> language, Func<Labels> external, FederationMetrics metrics, TimeSpan lookback, TimeProvider clock)
    {
        _source = source;
        _language = language;
        _external = external;
        _metrics = metrics;
        _lookback = lookback;
        _clock = clock;
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/federate", AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        IReadOnlyList<IReadOnlyList<Matcher>> selectors;
        try
        {
            selectors = PromQLParser.ParseMetricSelectors(context.Request.Query["match[]"].OfType<string>(), _language());
        }
        catch (PromQLException e)
        {
            await PlainText.WriteAsync(context, StatusCodes.Status400BadRequest, e.Message + "\n").ConfigureAwait(false);
            return;
        }

        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        List<FederatedSample> samples;
        try
        {
            using ISeriesQuerier querier = _source.OpenQuerier();
            samples = FederationSelection.Select(querier, selectors, now - (long)_lookback.TotalMilliseconds, now, context.RequestAborted);
        }
        catch (StorageUnavailableException e)
        {
            _metrics.CountError();
            await PlainText.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message + "\n").ConfigureAwait(false);
            return;
        }

        FederationFormat format = FederationFormat.Choose(context.Request.Headers.Accept.ToString());
        using var body = new ResponseBody(context);
        context.Response.ContentType = format.ContentType;
        await new FederationBody(format.IsProtobuf ? new ProtobufFamilyWriter(format) : new TextFamilyWriter(format), _external()).WriteAsync(body, samples).ConfigureAwait(false);
        await body.CompleteAsync().ConfigureAwait(false);
    }
}
