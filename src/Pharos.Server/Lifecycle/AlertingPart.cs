using Pharos.Alerting;
using Pharos.Alerting.Forwarding;
using Pharos.Alerting.Receivers;
using Pharos.Alerting.Silencing;
using Pharos.Alerting.Templates;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Server.Configuration;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>
/// Where the alerts of rules go: rewritten as the configuration says, to the Alertmanager inside and to those outside. Opened once the store holds the data folder.
/// </summary>
internal sealed class AlertingPart : IConfigured, IAlertSink, IAsyncDisposable
{
    // Of the 10 seconds in which the server must be gone.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(3);

    private readonly ServerOptions _options;
    private readonly Func<Uri> _externalUrl;
    private readonly AlertmanagerParts _parts;
    private Alertmanager? _alertmanager;
    private string? _fingerprint;
    private bool _isDisposed;
    private volatile AlertRewriting _rewriting = AlertRewriting.None;

    /// <param name="options">Flags.</param>
    /// <param name="ownUrls">Which addresses are this server's own.</param>
    /// <param name="externalUrl">Under which people reach it; known once the ports are bound.</param>
    /// <param name="journal">Hears what was sent and what was silenced.</param>
    /// <param name="clock">The clock of the server.</param>
    /// <param name="logger">Takes what goes wrong.</param>
    public AlertingPart(ServerOptions options, OwnUrls ownUrls, Func<Uri> externalUrl, IJournal journal, TimeProvider clock, ILogger<AlertingPart> logger)
    {
        _options = options;
        _externalUrl = externalUrl;
        var log = new AlertingLog(logger);
        _parts = new AlertmanagerParts(clock, log, journal);
        Forwarder = new AlertForwarder(
            new ForwardingOptions
            {
                QueueCapacity = options.Alerting.QueueCapacity,
                BatchSize = options.Alerting.BatchSize,
                DrainOnShutdown = options.Alerting.DrainOnShutdown,
                UserAgent = $"Pharos/{BuildInfo.Version}",
                IsOwn = ownUrls.IsOwn,
                SyncInterval = options.DiscoveryInterval,
            },
            clock,
            log);
    }

    public string Name => "alerting";

    /// <summary>The Alertmanager inside.</summary>
    /// <exception cref="StorageUnavailableException">It is not open.</exception>
    public Alertmanager Alertmanager => OpenAlertmanager ?? throw new StorageUnavailableException("the Alertmanager is not open");

    /// <summary>The Alertmanager inside; null while it is not open.</summary>
    public Alertmanager? OpenAlertmanager => Volatile.Read(ref _alertmanager);

    public AlertForwarder Forwarder { get; }

    /// <summary>Reads silences and the notification log.</summary>
    /// <exception cref="StartException">They cannot be used.</exception>
    public void Open()
    {
        string folder = Path.Combine(_options.Storage.Path, "alertmanager");
        AlertingOptions alerting = _options.Alerting;
        try
        {
            Volatile.Write(ref _alertmanager, Alertmanager.Open(
                new AlertmanagerRunOptions
                {
                    Folder = folder,
                    Retention = alerting.Retention,
                    Silences = new SilenceOptions { Retention = alerting.Retention, MaxSilences = alerting.MaxSilences, MaxSilenceBytes = alerting.MaxSilenceBytes },
                },
                _parts));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"opening silences and the notification log in {folder} failed: {exception.Message}", exitCode: 1, exception);
        }
    }

    public async Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        await Forwarder.ApplyAsync(config.Alerting.Alertmanagers).ConfigureAwait(false);
        _rewriting = new AlertRewriting(config.Global.ExternalLabels, config.Alerting.AlertRelabelConfigs);
        if (_fingerprint == config.AlertmanagerFingerprint)
        {
            return;
        }

        var templates = NotificationTemplates.Load(config.Alertmanager.Templates, _externalUrl().AbsoluteUri, _parts.Clock);
        IReadOnlyList<Receiver> receivers = ReceiverBuilder.Build(config.Alertmanager.Receivers, templates, _parts.Clock);
        await Alertmanager.ApplyAsync(config.Alertmanager, receivers, templates).ConfigureAwait(false);
        _fingerprint = config.AlertmanagerFingerprint;
    }

    public void Send(IReadOnlyList<Alert> alerts)
    {
        AlertRewriting rewriting = _rewriting;
        IReadOnlyList<Alert> leaving = AlertRelabeling.Apply(alerts, rewriting.ExternalLabels, rewriting.Configs);
        if (leaving.Count == 0)
        {
            return;
        }

        Forwarder.Send(leaving);
        IReadOnlyList<Alert> staying = AlertRelabeling.Apply(leaving, Labels.Empty, Forwarder.OwnRelabelConfigs);
        if (staying.Count > 0)
        {
            OpenAlertmanager?.Send(staying);
        }
    }

    /// <summary>The labels that an alert of a rule has in the Alertmanager inside; null when relabelling drops it.</summary>
    public Labels? RewriteLabels(Labels labels)
    {
        AlertRewriting rewriting = _rewriting;
        IReadOnlyList<Alert> alert = [new Alert(labels, Labels.Empty, StartsAt: 0, EndsAt: 0, GeneratorUrl: "")];
        IReadOnlyList<Alert> left = AlertRelabeling.Apply(AlertRelabeling.Apply(alert, rewriting.ExternalLabels, rewriting.Configs), Labels.Empty, Forwarder.OwnRelabelConfigs);
        return left.Count == 0 ? null : left[0].Labels;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await Forwarder.StopAsync(DrainTime).ConfigureAwait(false);
        await Forwarder.DisposeAsync().ConfigureAwait(false);
        if (OpenAlertmanager is { } alertmanager)
        {
            await alertmanager.DisposeAsync().ConfigureAwait(false);
        }
    }
}
