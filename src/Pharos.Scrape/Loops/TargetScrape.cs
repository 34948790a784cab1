using System.Diagnostics.CodeAnalysis;
using Pharos.Core.Contracts;
using Pharos.Scrape.Caching;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Exposition;
using Pharos.Scrape.Http;
using Pharos.Scrape.Targets;

namespace Pharos.Scrape.Loops;

/// <summary>
/// What one scrape does with its body: read it, store it with its report as one batch, say how it went. A body that fails anywhere is not stored in
/// part: its place is taken by staleness markers. Of one loop, not thread-safe.
/// </summary>
internal sealed class TargetScrape
{
    private readonly Target _target;
    private readonly ScrapeConfig _config;
    private readonly ScrapeContext _context;
    private readonly SampleLabeler _labeler;
    private readonly ScrapeCache _cache;
    private readonly ScrapeReport _report;
    private readonly SampleBatch _batch = new();
    private readonly SampleBatch _again = new(16);
    private readonly string _fallback;
    private readonly Func<FailureLog?> _failures;

    public TargetScrape(Target target, ScrapeConfig config, ScrapeContext context, Func<FailureLog?>? failures = null)
    {
        _failures = failures ?? (static () => null);
        _target = target;
        _config = config;
        _context = context;
        _labeler = new SampleLabeler(config, target.Labels, context.Metrics, context.TypeAndUnitLabels);
        _cache = new ScrapeCache(target.Metadata, context.Exemplars, context.Metadata);
        _report = new ScrapeReport(_labeler, config.ExtraScrapeMetrics);
        string mediaType = config.FallbackScrapeProtocol.ToMediaType();
        _fallback = mediaType.Split(';')[0];
    }

    /// <summary>Stores a scrape.</summary>
    /// <param name="buffer">The body; only read where <paramref name="error"/> is empty.</param>
    /// <param name="contentType">The Content-Type header, or empty.</param>
    /// <param name="time">The time of its samples.</param>
    /// <param name="started">When it began, as <see cref="TimeProvider.GetTimestamp"/>.</param>
    /// <param name="error">Why there is no body; empty when there is one.</param>
    /// <param name="bodyBytes">What is reported as its size: -1 when it was too large.</param>
    public void Store(ScrapeBuffer buffer, string contentType, DateTimeOffset time, long started, string error, long bodyBytes)
    {
        long timestamp = time.ToUnixTimeMilliseconds();
        _batch.Clear();
        _cache.Begin(_config, _labeler, _batch, timestamp);
        if (error.Length > 0 || buffer.Length == 0)
        {
            _cache.Discard();
            if (error.Length > 0)
            {
                _failures()?.Write(_target.Job, _target.Url, error);
            }
        }
        else if (!TryRead(buffer, contentType, out string? problem))
        {
            error = problem;
            _cache.Discard();
        }

        TimeSpan duration = _context.Time.GetElapsedTime(started);
        _target.Report(time, duration, error);
        Count(error, buffer.Length);
        ScrapeCounts counts = _cache.Counts;
        ReadOnlySpan<double> values =
        [
            error.Length == 0 ? 1 : 0, duration.TotalSeconds, counts.Scraped, counts.Kept, counts.SeriesAdded,
            _target.Timeout.TotalSeconds, _config.SampleLimit, bodyBytes,
        ];
        Commit(timestamp, values);
    }

    /// <summary>The target has gone: everything it had is marked stale.</summary>
    public void StoreEnd(DateTimeOffset time)
    {
        long timestamp = time.ToUnixTimeMilliseconds();
        _batch.Clear();
        _cache.Begin(_config, _labeler, _batch, timestamp);
        _cache.Discard();
        Commit(timestamp, []);
    }

    private bool TryRead(ScrapeBuffer buffer, string contentType, [NotNullWhen(false)] out string? error)
    {
        try
        {
            Read(buffer, contentType);
            error = null;
            return true;
        }
        catch (SampleLimitException e)
        {
            _context.Metrics.ExceededSampleLimit.Increment();
            error = e.Message;
        }
        catch (Exception e) when (e is ExpositionException or ScrapeException or SeriesLimitException or StorageUnavailableException)
        {
            error = e.Message;
        }

        return false;
    }

    private void Read(ScrapeBuffer buffer, string contentType)
    {
        ExpositionFormat format = ContentType.Choose(contentType, _fallback, out string? problem);
        switch (format)
        {
            case ExpositionFormat.Text:
                ReadOnlySpan<byte> text = buffer.BodyAndLineFeed;
                var textReader = new TextFormatReader(text);
                _cache.Read(ref textReader, text, unescapeQuotes: false);
                Store(text);
                break;
            case ExpositionFormat.OpenMetrics:
                var openMetricsReader = new OpenMetricsReader(buffer.Body);
                _cache.Read(ref openMetricsReader, buffer.Body, unescapeQuotes: true);
                Store(buffer.Body);
                break;
            case ExpositionFormat.Protobuf:
                throw new ScrapeException("the target answered in protobuf, which is not yet supported");
            default:
                throw new ScrapeException(problem!);
        }
    }

    private void Store(ReadOnlySpan<byte> body)
    {
        _cache.Create(_context.Appender);
        _cache.Complete(body);
    }

    private void Count(string error, int bodyBytes)
    {
        ScrapeMetrics metrics = _context.Metrics;
        metrics.Scrapes.Increment();
        metrics.BodyBytes.Add(bodyBytes);
        metrics.Samples.Add(_cache.Counts.Scraped);
        if (error.Length > 0)
        {
            metrics.ScrapesFailed.Increment();
            _context.Log.ScrapeFailed(_target.Job, _target.Url, error);
        }
    }

    private void Commit(long timestamp, ReadOnlySpan<double> values)
    {
        try
        {
            _report.Add(_context.Appender, _batch, timestamp, values);
            AppendSummary summary = _context.Appender.Append(_batch);
            RefusedCounts refused = summary.Refused > 0 ? Settle() : default;
            ScrapeCounts counts = _cache.Counts;
            int lateExemplars = _cache.StoreExemplars();
            _cache.StoreMetadata();
            Warn("Error on ingesting out-of-order samples", refused.OutOfOrder, _context.Metrics.OutOfOrder);
            Warn("Error on ingesting samples with different value but same timestamp", refused.Duplicates + counts.Duplicates, _context.Metrics.DuplicateTimestamps);
            Warn("Error on ingesting samples that are too old or are too far into the future", refused.TooOld + counts.OutOfBounds, _context.Metrics.OutOfBounds);
            Warn("Error on ingesting out-of-order exemplars", lateExemplars, _context.Metrics.ExemplarsOutOfOrder);
        }
        catch (Exception e) when (e is StorageUnavailableException or SeriesLimitException)
        {
            _context.Log.CommitFailed(_target.Job, _target.Url, e.Message);
        }
    }

    private RefusedCounts Settle()
    {
        _again.Clear();
        RefusedCounts refused = _cache.Settle(_context.Appender, _again);
        _report.Settle(_context.Appender, _batch, _again);
        if (_again.Count > 0)
        {
            _context.Appender.Append(_again);
        }

        return refused;
    }

    private void Warn(string problem, int count, ScrapeCounter counter)
    {
        if (count > 0)
        {
            counter.Add(count);
            _context.Log.SamplesRefused(_target.Job, _target.Url, problem, count);
        }
    }
}
