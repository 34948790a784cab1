using Pharos.Config.Http.Client;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Discovery;

namespace Pharos.Alerting.Forwarding;

/// <summary>The Alertmanagers of one section of <c>alertmanagers</c>. Changed by one at a time; read from any thread.</summary>
internal sealed class AlertmanagerSet : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly ForwardingOptions _options;
    private readonly TimeProvider _clock;
    private readonly IForwardingLog _log;
    private volatile Snapshot _snapshot = new([], [], []);

    /// <exception cref="NotSupportedException">The section asks for what is not built.</exception>
    public AlertmanagerSet(string name, AlertmanagerConfig config, ForwardingOptions options, TimeProvider clock, IForwardingLog log)
    {
        Name = name;
        Config = config;
        _options = options;
        _clock = clock;
        _log = log;
        _http = HttpClientBuilder.Build(config.Http, clock);
    }

    public string Name { get; }

    public AlertmanagerConfig Config { get; }

    public IReadOnlyList<SendLoop> Loops => _snapshot.Loops;

    /// <summary>Addresses that mean this server itself.</summary>
    public IReadOnlyList<string> Own => _snapshot.Own;

    /// <summary>Addresses that relabelling dropped.</summary>
    public IReadOnlyList<string> Dropped => _snapshot.Dropped;

    /// <summary>Follows what was discovered: what stays goes on undisturbed.</summary>
    public async Task SyncAsync(IReadOnlyList<TargetGroup> groups)
    {
        Dictionary<string, SendLoop> before = _snapshot.Loops.ToDictionary(static loop => loop.Url, StringComparer.Ordinal);
        var next = new Dictionary<string, SendLoop>(StringComparer.Ordinal);
        var own = new SortedSet<string>(StringComparer.Ordinal);
        var dropped = new List<string>();
        foreach (TargetGroup group in groups)
        {
            foreach (Labels target in group.Targets)
            {
                Labels? labels = AlertmanagerLabels.Relabel(Config, target, group.Labels, out Labels found);
                if (labels is null)
                {
                    dropped.Add(AlertmanagerLabels.Url(found));
                    continue;
                }

                string url = AlertmanagerLabels.Url(labels);
                if (_options.IsOwn(labels[AlertmanagerLabels.SchemeLabel], labels[TargetGroup.AddressLabel]))
                {
                    own.Add(url);
                }
                else if (!next.ContainsKey(url) && (before.GetValueOrDefault(url) ?? Create(url)) is { } loop)
                {
                    next.Add(url, loop);
                }
            }
        }

        _snapshot = new Snapshot([.. next.Values], [.. own], dropped);
        foreach (SendLoop gone in before.Values.Where(loop => !next.ContainsKey(loop.Url)))
        {
            await gone.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Send(IReadOnlyList<Alert> alerts)
    {
        IReadOnlyList<SendLoop> loops = Loops;
        if (loops.Count == 0)
        {
            return;
        }

        IReadOnlyList<Alert> relabelled = AlertRelabeling.Apply(alerts, Labels.Empty, Config.AlertRelabelConfigs);
        foreach (SendLoop loop in loops)
        {
            loop.Send(relabelled);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SendLoop loop in Loops)
        {
            await loop.DisposeAsync().ConfigureAwait(false);
        }

        _http.Dispose();
    }

    private SendLoop? Create(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            _log.DiscoveryFailed(Name, $"{url} is no address of an Alertmanager: expected http or https and host:port");
            return null;
        }

        return new SendLoop(url, new AlertmanagerClient(_http, uri, Config.Timeout, _options.UserAgent, _clock), _options, _clock, _log);
    }

    private sealed record Snapshot(IReadOnlyList<SendLoop> Loops, IReadOnlyList<string> Own, IReadOnlyList<string> Dropped);
}
