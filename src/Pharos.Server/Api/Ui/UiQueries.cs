using Pharos.Core.Contracts;
using Pharos.PromQL;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Server.Api.Ui;

/// <summary>The questions that pages of ours ask by themselves: with little time and little room, and a part of the page that cannot be answered is left out.</summary>
internal sealed class UiQueries(PrometheusApiServices services)
{
    private const long MaxSamples = 5_000_000;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The value at a time of every value of one label; empty when it cannot be answered.</summary>
    public async Task<IReadOnlyDictionary<string, double>> ByLabelAsync(string label, string query, long time, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        try
        {
            QueryResult result = await Engine().InstantAsync(services.Source, query, time, cancellationToken).ConfigureAwait(false);
            foreach (ResultRow row in result.Rows)
            {
                double value = row.Values.Span[0];
                if (double.IsFinite(value))
                {
                    values[row.Labels[label]] = value;
                }
            }
        }
        catch (Exception exception) when (IsUnanswered(exception))
        {
            return values;
        }

        return values;
    }

    /// <summary>The one value at a time; null when there is none.</summary>
    public async Task<double?> ValueAsync(string query, long time, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, double> values = await ByLabelAsync("", query, time, cancellationToken).ConfigureAwait(false);
        return values.Count > 0 ? values.Values.First() : null;
    }

    /// <summary>Values over a range; null when it cannot be answered.</summary>
    public async Task<QueryResult?> RangeAsync(string query, UiRange range, long step, CancellationToken cancellationToken)
    {
        try
        {
            return await Engine().RangeAsync(services.Source, query, range.From, range.To, step, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsUnanswered(exception))
        {
            return null;
        }
    }

    /// <summary>Values of a parsed expression over a range; null when it cannot be answered.</summary>
    public async Task<QueryResult?> RangeAsync(Expr expression, string text, UiRange range, long step, CancellationToken cancellationToken)
    {
        try
        {
            return await Engine().RangeAsync(services.Source, expression, text, range.From, range.To, step, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsUnanswered(exception))
        {
            return null;
        }
    }

    private static bool IsUnanswered(Exception exception) => exception is StorageUnavailableException or QueryException { Kind: not QueryErrorKind.Canceled };

    private PromQLEngine Engine()
    {
        PromQLEngine engine = services.Engine;
        EngineOptions options = engine.Options;
        return engine.With(options with
        {
            Timeout = options.Timeout <= TimeSpan.Zero || options.Timeout > Timeout ? Timeout : options.Timeout,
            MaxSamples = options.MaxSamples <= 0 ? MaxSamples : Math.Min(options.MaxSamples, MaxSamples),
        });
    }
}
