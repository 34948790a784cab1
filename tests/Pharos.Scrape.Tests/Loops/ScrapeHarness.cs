using System.Text;
using Pharos.Core.Labels;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Http;
using Pharos.Scrape.Loops;
using Pharos.Scrape.Targets;
using Pharos.Testing;

namespace Pharos.Scrape.Tests.Loops;

/// <summary>One target whose bodies the test gives, scraped when the test says.</summary>
internal sealed class ScrapeHarness : IScrapeLog, IDisposable
{
    private readonly ScrapeBuffer _buffer = new();
    private readonly TargetScrape _scrape;

    public ScrapeHarness(ScrapeConfig? config = null, params string[] targetLabels)
        : this(config, targetLabels, typeAndUnitLabels: false)
    {
    }

    private ScrapeHarness(ScrapeConfig? config, string[] targetLabels, bool typeAndUnitLabels)
    {
        Config = config ?? Job;
        Labels labels = Labels.Of(
        [
            .. targetLabels, "__address__", "t:1", "__scheme__", "http", "__metrics_path__", "/metrics", "__scrape_interval__", "15s", "__scrape_timeout__", "10s",
        ]);
        Target = new Target(Config, labels, labels);
        Context = new ScrapeContext(Store, Time, Metrics, this, 0) { Exemplars = Exemplars, Metadata = Metadata, TypeAndUnitLabels = typeAndUnitLabels };
        _scrape = new TargetScrape(Target, Config, Context);
    }

    public static ScrapeConfig Job { get; } = new() { JobName = "j", ScrapeInterval = TimeSpan.FromSeconds(15) };

    public ScrapeConfig Config { get; }

    public ManualTimeProvider Time { get; } = new();

    public RecordingAppender Store { get; } = new();

    public RecordingExemplars Exemplars { get; } = new();

    public RecordingMetadata Metadata { get; } = new() { KeepsMetadata = false };

    public ScrapeMetrics Metrics { get; } = new();

    public Target Target { get; }

    public ScrapeContext Context { get; }

    public List<string> Log { get; } = [];

    /// <summary>A target whose types and units become labels.</summary>
    public static ScrapeHarness WithTypeAndUnitLabels(ScrapeConfig? config = null) => new(config, [], typeAndUnitLabels: true);

    /// <summary>Scrapes a body, 15 seconds after the last.</summary>
    public void Scrape(string body, string contentType = "text/plain", string error = "")
    {
        Time.Advance(TimeSpan.FromSeconds(15));
        _buffer.Begin();
        _buffer.Write(Encoding.UTF8.GetBytes(body));
        _scrape.Store(_buffer, contentType, Time.GetUtcNow(), Time.GetTimestamp(), error, body.Length);
        _buffer.End();
    }

    public void ScrapeEnd() => _scrape.StoreEnd(Time.GetUtcNow());

    /// <summary>The values of a series, in order.</summary>
    public string this[string labels] => Store.ValuesOf(labels);

    public void ScrapeFailed(string job, string target, string error) => Log.Add(error);

    public void SamplesRefused(string job, string target, string problem, int count) => Log.Add($"{problem}: {count}");

    public void CommitFailed(string job, string target, string error) => Log.Add($"commit: {error}");

    public void JobFailed(string job, string error) => Log.Add($"job: {error}");

    public void Dispose() => _buffer.Dispose();
}
