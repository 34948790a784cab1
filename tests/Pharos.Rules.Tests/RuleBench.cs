using System.Globalization;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.PromQL;
using Pharos.PromQL.Syntax;
using Pharos.Rules.Evaluation;
using Pharos.Rules.Files;
using Pharos.Rules.Statistics;
using Pharos.Storage;
using Pharos.Testing;

namespace Pharos.Rules.Tests;

/// <summary>Rules over the real store and engine, with a clock that the test moves.</summary>
internal sealed class RuleBench : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SampleBatch _batch = new();

    public RuleBench()
    {
        // Neither puts timers of its own on the clock, so that a test can tell when the groups wait.
        Store = Tsdb.Open(new TsdbOptions { Folder = _folder.File("data"), TimeProvider = new ManualTimeProvider() }, TestContext.Current.CancellationToken);
        Engine = new PromQLEngine(new EngineOptions { TimeProvider = Clock, Timeout = TimeSpan.Zero });
        Statistics = new RuleStatistics(Clock);
        Options = new RuleManagerOptions
        {
            Engine = () => Engine,
            Source = Store,
            Appender = Store,
            Alerts = Sink,
            Journal = Journal,
            Log = Log,
            Time = Clock,
        };
    }

    public ManualTimeProvider Clock { get; } = new();

    public Tsdb Store { get; }

    public PromQLEngine Engine { get; }

    public RuleStatistics Statistics { get; }

    public RecordingSink Sink { get; } = new();

    public RecordingJournal Journal { get; } = new();

    public RecordingRuleLog Log { get; } = new();

    public RuleManagerOptions Options { get; set; }

    public RuleEnvironment Environment { get; set; } = new(Labels.Empty, new Uri("http://pharos.example/mon"), TimeSpan.Zero);

    public DateTimeOffset Now => Clock.GetUtcNow();

    public static RuleFile File(string yaml, string path = "rules.yml")
    {
        var diagnostics = new ConfigDiagnostics(path);
        RuleFile file = RuleFileReader.Read(YamlParser.ParseText(yaml, diagnostics), diagnostics, new RuleFileOptions());
        diagnostics.ThrowIfErrors();
        return file;
    }

    /// <summary>The first group of a file, not started, with nothing to restore.</summary>
    public RuleGroup Group(string yaml, RuleGroup? before = null)
    {
        RuleGroupConfig config = File(yaml).Groups[0];
        var group = new RuleGroup("rules.yml", config, config.Interval ?? TimeSpan.FromMinutes(1), Options, () => Environment, Statistics);
        foreach (AlertingRule rule in group.Rules.OfType<AlertingRule>())
        {
            rule.IsRestored = true;
        }

        if (before is not null)
        {
            group.TakeState(before);
        }

        return group;
    }

    public RuleSet RuleSet(params string[] files) => new()
    {
        Files = [.. files.Select(static (yaml, i) => File(yaml, $"{i}.yml"))],
        ExternalUrl = Environment.ExternalUrl,
        ExternalLabels = Environment.ExternalLabels,
    };

    /// <summary>A series gets this value now.</summary>
    public void Set(string series, double value)
    {
        _batch.Clear();
        _batch.Add(Store.GetOrAdd(LabelsOf(series)), Now.ToUnixTimeMilliseconds(), value);
        Assert.Equal(1, Store.Append(_batch).Appended);
    }

    /// <summary>A series ends now.</summary>
    public void SetStale(string series) => Set(series, Staleness.Marker);

    /// <summary>Evaluates the group now; afterwards the clock stands this much later.</summary>
    public async Task EvaluateAsync(RuleGroup group, double thenSeconds = 60)
    {
        await group.EvaluateAsync(Now, TestContext.Current.CancellationToken);
        Clock.Advance(TimeSpan.FromSeconds(thenSeconds));
    }

    /// <summary>What a query gives this long ago, a series a line, sorted: by default at the time of the last evaluation.</summary>
    public async Task<string> QueryAsync(string query, double secondsAgo = 60)
    {
        long time = (Now - TimeSpan.FromSeconds(secondsAgo)).ToUnixTimeMilliseconds();
        QueryResult result = await Engine.InstantAsync(Store, query, time, TestContext.Current.CancellationToken);
        return string.Join('\n', result.Rows
            .Select(static row => string.Create(CultureInfo.InvariantCulture, $"{row.Labels.ToMetricText()} {row.Values.Span[0]}"))
            .Order(StringComparer.Ordinal));
    }

    /// <summary>The samples of a series, staleness markers as <c>stale</c>, each with the seconds since the start of the test.</summary>
    public string SamplesOf(string series)
    {
        using ISeriesQuerier querier = Store.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection(PromQLParser.ParseMetricSelector(series), 0, long.MaxValue), TestContext.Current.CancellationToken);
        Assert.Equal(1, set.Count);
        var buffer = new SampleBuffer();
        set.Read(0, 0, long.MaxValue, buffer);
        long start = new ManualTimeProvider().GetUtcNow().ToUnixTimeMilliseconds();
        return string.Join(' ', Enumerable.Range(0, buffer.Count).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{(buffer.TimestampArray[i] - start) / 1000.0}:{(Staleness.IsMarker(buffer.ValueArray[i]) ? "stale" : buffer.ValueArray[i])}")));
    }

    public static Labels LabelsOf(string series)
    {
        var builder = new LabelsBuilder();
        foreach (Core.Matching.Matcher matcher in PromQLParser.ParseMetricSelector(series))
        {
            builder.Set(matcher.Name, matcher.Value);
        }

        return builder.ToLabels();
    }

    public void Dispose()
    {
        Engine.Dispose();
        Store.Dispose();
        _folder.Dispose();
    }
}
