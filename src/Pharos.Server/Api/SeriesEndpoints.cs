using System.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/series</c>, <c>/labels</c> and <c>/label/NAME/values</c>.</summary>
internal sealed class SeriesEndpoints(PrometheusApiServices services)
{
    private const string EscapedPrefix = "U__";

    public async Task SeriesAsync(HttpContext context, RequestParameters parameters)
    {
        if (parameters.GetAll("match[]").Count == 0)
        {
            throw new ApiParameterException("no match[] parameter provided");
        }

        int limit = parameters.Limit();
        (long start, long end) = TimesOf(parameters);
        IReadOnlyList<IReadOnlyList<Matcher>> matcherSets = MatchersOf(parameters, name: "match[]");
        using ISeriesQuerier querier = services.Source.OpenQuerier();
        List<ISeriesSet> sets = [.. matcherSets.Select(set => querier.Select(new SeriesSelection(set, start, end), context.RequestAborted))];
        if (sets.Count == 1)
        {
            await WriteSeriesAsync(context, sets[0].Count, new SeriesLabelsWriter(sets[0]).Write, limit, querier.Warnings).ConfigureAwait(false);
            return;
        }

        List<Labels> merged = Merge(sets, context.RequestAborted);
        await WriteSeriesAsync(context, merged.Count, (body, index) => JsonText.WriteLabels(body, merged[index]), limit, querier.Warnings).ConfigureAwait(false);
    }

    public Task LabelNamesAsync(HttpContext context, RequestParameters parameters)
    {
        int limit = parameters.Limit();
        (long start, long end) = TimesOf(parameters);
        IReadOnlyList<IReadOnlyList<Matcher>> matcherSets = MatchersOf(parameters, name: null);
        using ISeriesQuerier querier = services.Source.OpenQuerier();
        IReadOnlyList<string> names = querier.LabelNames(matcherSets, start, end, context.RequestAborted);
        return ApiAnswer.WriteTextsAsync(context, names, limit, querier.Warnings);
    }

    public Task LabelValuesAsync(HttpContext context, RequestParameters parameters)
    {
        string name = (string)context.Request.RouteValues["name"]!;
        if (name.StartsWith(EscapedPrefix, StringComparison.Ordinal))
        {
            name = EscapedName.Unescape(name, NameEscaping.Values);
        }

        if (!LabelName.IsUtf8(name))
        {
            throw new ApiParameterException($"invalid label name: {GoQuote.Quote(name)}");
        }

        int limit = parameters.Limit();
        (long start, long end) = TimesOf(parameters);
        IReadOnlyList<IReadOnlyList<Matcher>> matcherSets = MatchersOf(parameters, name: null);
        using ISeriesQuerier querier = services.Source.OpenQuerier();
        IReadOnlyList<string> values = querier.LabelValues(name, matcherSets, start, end, context.RequestAborted);
        return ApiAnswer.WriteTextsAsync(context, values, limit, querier.Warnings);
    }

    // Several selectors may select the same series; the union is sorted, as upstream's merge.
    private static List<Labels> Merge(List<ISeriesSet> sets, CancellationToken cancellationToken)
    {
        var distinct = new HashSet<Labels>();
        foreach (ISeriesSet set in sets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < set.Count; i++)
            {
                distinct.Add(set.GetLabels(i));
            }
        }

        List<Labels> merged = [.. distinct];
        merged.Sort(Labels.Compare);
        return merged;
    }

    private static Task WriteSeriesAsync(HttpContext context, int count, Action<ResponseBody, int> writeLabels, int limit, IReadOnlyCollection<string> warnings)
    {
        bool isTruncated = limit > 0 && count > limit;
        int shown = isTruncated ? limit : count;
        return ApiAnswer.WriteAsync(
            context,
            async body =>
            {
                body.Write("["u8);
                for (int i = 0; i < shown; i++)
                {
                    if (i > 0)
                    {
                        body.Write(","u8);
                    }

                    writeLabels(body, i);
                    await body.FlushIfFullAsync().ConfigureAwait(false);
                }

                body.Write("]"u8);
            },
            [.. warnings, .. ApiAnswer.TruncationWarning(isTruncated)]);
    }

    private static (long Start, long End) TimesOf(RequestParameters parameters) =>
        (parameters.Time("start", ApiTime.MinTime), parameters.Time("end", ApiTime.MaxTime));

    private IReadOnlyList<IReadOnlyList<Matcher>> MatchersOf(RequestParameters parameters, string? name)
    {
        try
        {
            return parameters.MatcherSets(services.Engine.Options.Parser);
        }
        catch (Exception e) when (e is PromQLException or FormatException)
        {
            throw name is null ? new ApiParameterException(e.Message) : ApiParameterException.Of(name, e.Message);
        }
    }
}
