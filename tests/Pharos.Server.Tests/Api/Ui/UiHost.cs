using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Pharos.Access.Passwords;
using Pharos.Alerting;
using Pharos.Config;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.PromQL.Sources;
using Pharos.PromQL.Syntax;
using Pharos.Rules.Views;
using Pharos.Scrape.Targets;
using Pharos.Server.Access;
using Pharos.Server.Api;
using Pharos.Server.Api.Ui;
using Pharos.Server.Api.Ui.Alerts;
using Pharos.Server.Configuration;
using Pharos.Server.Http;
using Pharos.Server.Journal;
using Pharos.Server.Lifecycle;
using Pharos.Server.Options;
using Pharos.State;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api.Ui;

/// <summary>The requests of home and system behind the real door, over series in memory, with targets, rules and a clock that the test sets.</summary>
internal sealed class UiHost : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FileDocumentStore _documents;
    private readonly PromQLEngine _engine = new(new EngineOptions());
    private readonly WebServer _web;

    private UiHost(string[] flags)
    {
        WebOptions options = ServerOptionsReader.Read(["--web.listen-address=127.0.0.1:0", .. flags]).Web;
        _documents = new FileDocumentStore(_folder.File("data/state"), Clock);
        Access = PharosAccess.Open(options, _folder.File("data"), _documents, Clock, NullLoggerFactory.Instance, new PasswordHasher(iterations: 10));
        Journal = new FileJournal(_folder.File("data/state/journal.ndjson"), Clock, NullLogger<FileJournal>.Instance);
        Files = new LoadedFiles(new Source(this));
        _web = WebServer.Create(options, NullLoggerFactory.Instance, TimeProvider.System, listener => listener.UseWebConfig(Access.WebConfig), application => Build(application, options));
        Browser = null!;
    }

    public ManualTimeProvider Clock { get; } = new();

    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public PharosAccess Access { get; }

    public FileJournal Journal { get; }

    public InMemorySeriesSource Series { get; } = new();

    public ReloadStatus Reload { get; } = new();

    public LoadedFiles Files { get; }

    public IReadOnlyList<string> FilePaths { get; set; } = [];

    public IReadOnlyList<ScrapePoolView> Pools { get; set; } = [];

    public IReadOnlyList<RuleGroupView> Rules { get; set; } = [];

    /// <summary>Alerts beside those of the rules: what became of them. Without a line an alert pends or fires as its rule says.</summary>
    public Dictionary<Labels, UiAlertState> States { get; } = [];

    public Messages Told { get; } = new();

    public Browser Browser { get; private set; }

    public Uri Address => new(_web.Addresses[0]);

    public static async Task<UiHost> StartAsync(params string[] flags)
    {
        var host = new UiHost(flags.Length == 0 ? ["--web.auth=none"] : flags);
        host.Reload.SetSuccess(host.Clock.GetUtcNow());
        await host._web.StartAsync(CancellationToken.None);
        host.Browser = new Browser(host.Address);
        return host;
    }

    public string Write(string path, string text) => _folder.Write(path, text);

    public void Record(JournalKind kind, string subject, string detail = "", long ago = 0, Labels? labels = null) =>
        Journal.Record(new JournalEntry(Now - ago, kind, subject, detail, labels ?? Labels.Empty));

    /// <summary>A sample every 15 seconds over the last hour, up to now.</summary>
    public void AddSeries(Labels labels, Func<int, double> value)
    {
        for (int i = 0; i <= 240; i++)
        {
            Series.Add(labels, Now - ((240 - i) * 15_000), value(i));
        }
    }

    public static ScrapePoolView Pool(string job, params TargetHealth[] health)
    {
        TargetView[] targets =
        [
            .. health.Select((one, i) =>
            {
                string instance = string.Create(CultureInfo.InvariantCulture, $"{job}:{i}");
                Labels labels = Labels.Of("job", job, "instance", instance);
                return new TargetView(job, labels, Labels.Empty, $"http://{instance}/metrics", one == TargetHealth.Down ? "connection refused" : "", default, default, one, "15s", "10s");
            }),
        ];
        return new ScrapePoolView(job, targets, [], 0, 0, 1, 0, [], "", []);
    }

    public static RuleView Rule(string name, string expression, RuleHealth health, params AlertView[] alerts) => new()
    {
        Name = name,
        IsAlerting = true,
        Position = new TextPosition(7, 3),
        ExprText = expression,
        Query = expression,
        Expr = PromQLParser.ParseExpr(expression),
        For = TimeSpan.FromMinutes(5),
        Labels = [],
        Annotations = [],
        Health = health,
        LastError = health == RuleHealth.Error ? "query timed out" : "",
        EvaluationDuration = TimeSpan.FromMilliseconds(9),
        LastEvaluation = DateTimeOffset.UnixEpoch,
        Alerts = alerts,
    };

    public static RuleGroupView Group(params RuleView[] rules) =>
        new("rules.yml", "web", TimeSpan.FromSeconds(15), 0, TimeSpan.FromMilliseconds(9), DateTimeOffset.UnixEpoch, rules);

    public AlertView Alert(AlertState state, TimeSpan ago, Labels labels, Labels? annotations = null)
    {
        DateTimeOffset since = Clock.GetUtcNow() - ago;
        return new AlertView(labels, annotations ?? Labels.Empty, state, 0.125, since, state == AlertState.Firing ? since : null, null, null, null);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _web.DisposeAsync();
        await Journal.DisposeAsync();
        Access.Dispose();
        _engine.Dispose();
        _documents.Dispose();
        _folder.Dispose();
    }

    private void Build(WebApplication application, WebOptions options)
    {
        application.UsePharosAccess(Access, Clock);
        RouteGroupBuilder reading = application.MapGroup("").RequirePermission(Permissions.Read);
        var services = new UiServices
        {
            Clock = Clock,
            Journal = Journal,
            Queries = new PrometheusApiServices(() => _engine, Series, Clock),
            Pools = () => Pools,
            Rules = () => Rules,
            Alerts = Alerts,
            Messages = Told,
            Reload = Reload,
            Files = Files,
            Store = static () => null,
            Access = Access,
            DataFolder = _folder.Path,
            StartedAt = Clock.GetUtcNow(),
        };
        UiEndpoints.Map(reading, services, Journal, application.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        new SessionEndpoints(Access, options, Clock).Map(reading);
    }

    private IReadOnlyList<UiAlert> Alerts() =>
    [
        .. from g in Rules
           from rule in g.Rules
           from alert in rule.Alerts
           select new UiAlert
           {
               Fingerprint = AlertFingerprint.Of(alert.Labels),
               Labels = alert.Labels,
               Annotations = alert.Annotations,
               State = States.TryGetValue(alert.Labels, out UiAlertState state) ? state : alert.State == AlertState.Pending ? UiAlertState.Pending : UiAlertState.Firing,
               Since = alert.ActiveAt.ToUnixTimeMilliseconds(),
               FiresAt = alert.State == AlertState.Pending ? (alert.ActiveAt + rule.For).ToUnixTimeMilliseconds() : 0,
               Origin = new RuleOrigin(g, rule, alert),
           },
    ];

    internal sealed class Messages : IMessageLog
    {
        public Dictionary<ulong, (string Receiver, long Time, bool Ok)> Last { get; } = [];

        public List<(string Receiver, long Since, string Error)> Failing { get; } = [];

        public int ReceiverCount { get; set; }

        public long LastTime { get; set; }

        public (string Receiver, long Time, bool Ok)? LastOf(ulong fingerprint) =>
            Last.TryGetValue(fingerprint, out (string Receiver, long Time, bool Ok) told) ? told : null;

        public IReadOnlyList<(string Receiver, long Since, string Error)> FailingReceivers() => Failing;
    }

    private sealed class Source(UiHost host) : IConfigSource
    {
        public string Name => "test";

        public PrometheusConfig Load() => new();

        public IReadOnlyList<string> Files(PrometheusConfig current) => host.FilePaths;
    }
}
