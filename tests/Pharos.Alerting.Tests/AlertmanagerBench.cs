using System.Globalization;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Dispatching;
using Pharos.Alerting.Notifying;
using Pharos.Alerting.Receivers;
using Pharos.Alerting.Templates;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Testing;

namespace Pharos.Alerting.Tests;

/// <summary>
/// A whole Alertmanager with a driven clock and fake integrations: 30 s group_wait, 5 m group_interval, 4 h repeat_interval, grouped by alertname, one receiver "team".
/// </summary>
internal sealed class AlertmanagerBench : IAsyncDisposable
{
    public static readonly TimeSpan GroupWait = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan GroupInterval = TimeSpan.FromMinutes(5);

    private readonly TempFolder _folder;
    private readonly bool _ownsFolder;

    private AlertmanagerBench(TempFolder folder, bool ownsFolder, ManualTimeProvider clock)
    {
        _folder = folder;
        _ownsFolder = ownsFolder;
        Clock = clock;
        Alertmanager = Alertmanager.Open(
            new AlertmanagerRunOptions { Folder = folder.Path, StopGrace = TimeSpan.Zero }, new AlertmanagerParts(clock, Log, Journal) { Jitter = static () => 0.5 });
    }

    public ManualTimeProvider Clock { get; }

    public RecordedLog Log { get; } = new();

    public RecordedJournal Journal { get; } = new();

    public Alertmanager Alertmanager { get; }

    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public IReadOnlyList<SentMessage> Sent => Alertmanager.Notifications.Sent.Newest(int.MaxValue);

    /// <summary>With one receiver of these integrations.</summary>
    public static Task<AlertmanagerBench> StartAsync(params FakeIntegration[] integrations) => StartAsync(new TempFolder(), true, new ManualTimeProvider(), File(), integrations);

    public static Task<AlertmanagerBench> StartAsync(AlertmanagerFile file, params FakeIntegration[] integrations) =>
        StartAsync(new TempFolder(), true, new ManualTimeProvider(), file, integrations);

    /// <summary>On what another one left in a folder that the test owns.</summary>
    public static async Task<AlertmanagerBench> StartAsync(TempFolder folder, bool ownsFolder, ManualTimeProvider clock, AlertmanagerFile file, params FakeIntegration[] integrations)
    {
        var bench = new AlertmanagerBench(folder, ownsFolder, clock);
        await bench.ApplyAsync(file, integrations);
        return bench;
    }

    public static AlertmanagerFile File(RouteConfig? route = null) => AlertmanagerFile.BuiltIn with
    {
        Route = route ?? new RouteConfig { Receiver = "team", GroupBy = ["alertname"] },
        Receivers = [new ReceiverConfig { Name = "team" }],
    };

    public static Labels Names(string alert, string instance, string severity = "warning") => Labels.Of("alertname", alert, "instance", instance, "severity", severity);

    /// <summary>Every receiver of the file has the integrations.</summary>
    public Task ApplyAsync(AlertmanagerFile file, params FakeIntegration[] integrations) => Alertmanager.ApplyAsync(
        file,
        [.. file.Receivers.Select(receiver => new Receiver(receiver.Name, new Dictionary<string, string> { ["name"] = receiver.Name }, integrations))],
        NotificationTemplates.Load([], "http://pharos"));

    /// <summary>For a day, unless somebody says that it ended.</summary>
    public void Fire(string alert, params IEnumerable<string> instances) =>
        Post(instances.Select(instance => new Alert(Names(alert, instance), Labels.Empty, Now, Now + 86_400_000, "")));

    public void Resolve(string alert, params IEnumerable<string> instances) =>
        Post(instances.Select(instance => new Alert(Names(alert, instance), Labels.Empty, Now - 1, Now, "")));

    public void Post(IEnumerable<Alert> alerts) => Assert.Empty(Alertmanager.Post([.. alerts]));

    public GroupView Group(string alert) => Alertmanager.Current.GetGroups().Single(group => group.Labels["alertname"] == alert);

    /// <summary>Moves the clock and waits until the flushes that fell due are over.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        Clock.Advance(by);
        await SettleAsync();
    }

    /// <summary>Waits until no flush is under way.</summary>
    public Task SettleAsync() => Wait.UntilAsync(() => !Alertmanager.Current.IsFlushing, "flushes to end");

    public async ValueTask DisposeAsync()
    {
        await Alertmanager.DisposeAsync();
        if (_ownsFolder)
        {
            _folder.Dispose();
        }
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
