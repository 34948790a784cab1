using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Configuration;
using Pharos.Remote.Sending;
using Pharos.Testing;

namespace Pharos.Remote.Tests.Sending;

/// <summary>A manager between a log and a receiver in memory, under a clock of its own.</summary>
internal sealed class SendingSetup : IAsyncDisposable
{
    public const long T = 1_700_000_000_000;

    private readonly TempFolder _folder = new();
    private RemoteWriteManager? _manager;

    public ManualTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(T));

    public MemoryLog Log { get; } = new();

    public MemoryReceiver Receiver { get; set; } = new();

    public RememberingLog Messages { get; } = new();

    public IReadOnlyCollection<MetricFamilyMetadata> Metadata { get; set; } = [];

    public bool TypeAndUnitLabels { get; init; }

    public TimeSpan FlushDeadline { get; init; } = TimeSpan.FromMinutes(1);

    public RemoteWriteManager Manager => _manager ??= MakeManager();

    public string Positions => _folder.File("remote-write");

    public RemoteWriteQueueCounters Counters => Assert.Single(Manager.Queues);

    public static RemoteWriteConfig ConfigOf(string yaml = "", string url = "http://receiver/push")
    {
        var found = new ConfigDiagnostics("test.yml");
        YamlNode? node = YamlParser.Single(YamlParser.ParseText($"url: {url}\n{yaml}", found), found);
        RemoteWriteConfig? config = YamlMapping.Read(node, "test.plain", default, found, static map => RemoteWriteConfig.Read(map, NameValidation.Utf8), out _);
        Assert.Empty(found.Errors);
        return config!;
    }

    public static LoggedSample At(SeriesRef series, int seconds, double value, long start = 0) => new(series, T + (seconds * 1000L), value, start);

    public static Labels Named(string name, params ReadOnlySpan<string> more) => Labels.Of(["__name__", name, .. more]);

    public RemoteWriteManager MakeManager() => new(
        Log,
        new RemoteWriteOptions
        {
            PositionFolder = Positions,
            UserAgent = "Pharos/test",
            FlushDeadline = FlushDeadline,
            TypeAndUnitLabels = TypeAndUnitLabels,
            CollectMetadata = () => Metadata,
            Connect = (_, _) => new HttpMessageInvoker(Receiver, disposeHandler: false),
        },
        Messages,
        Clock);

    public Task ApplyAsync(string yaml = "", Labels? external = null) => Manager.ApplyAsync([ConfigOf(yaml)], external ?? Labels.Empty);

    /// <summary>Moves the clock past the deadline of batches once the queue has read all, and waits until so many samples are with the receiver.</summary>
    public async Task DeliverAsync(int samples)
    {
        await Wait.UntilAsync(() => Counters[RemoteWriteCount.PendingSamples] + Receiver.SampleCount >= samples || Receiver.SampleCount >= samples, $"{samples} samples to be read, {Receiver.SampleCount} are there");
        if (Receiver.SampleCount < samples)
        {
            await Wait.UntilAsync(() => Clock.HasTimerIn(TimeSpan.FromSeconds(5)) || Receiver.SampleCount >= samples, "the deadline of a batch");
            Clock.Advance(TimeSpan.FromSeconds(5));
        }

        await Wait.UntilAsync(() => Receiver.SampleCount >= samples, $"{samples} samples to arrive, {Receiver.SampleCount} did");
    }

    /// <summary>As after a kill: another manager begins with the positions of this moment, and the one before is of no consequence any more.</summary>
    public async Task RestartAsync(string yaml, bool kill)
    {
        if (kill)
        {
            string copy = _folder.File("copy");
            Directory.CreateDirectory(copy);
            foreach (string file in Directory.GetFiles(Positions))
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }

            MemoryReceiver before = Receiver;
            Receiver = new MemoryReceiver();
            before.Answer = static _ => new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest);
            before.Hold?.TrySetException(new HttpRequestException("the process is gone"));
            await Manager.StopAsync();
            Directory.Delete(Positions, recursive: true);
            Directory.Move(copy, Positions);
        }
        else
        {
            await Manager.StopAsync();
        }

        _manager = MakeManager();
        await ApplyAsync(yaml);
    }

    public async ValueTask DisposeAsync()
    {
        Receiver.Hold?.TrySetException(new HttpRequestException("the test is over"));
        await Manager.DisposeAsync();
        _folder.Dispose();
    }
}
