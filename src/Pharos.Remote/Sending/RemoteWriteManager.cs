using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Remote.Configuration;

namespace Pharos.Remote.Sending;

/// <summary>
/// The queues of the configuration. Queues that did not change go on undisturbed; a queue that changed goes on where its predecessor ended. <see cref="ApplyAsync"/> and
/// <see cref="StopAsync"/> are called one at a time, the figures may be read at any time.
/// </summary>
public sealed class RemoteWriteManager : IAsyncDisposable
{
    private const int NameLength = 6; // of a queue that has none, as upstream
    private const string PositionSuffix = ".position";

    private readonly ISampleLog _log;
    private readonly RemoteWriteOptions _options;
    private readonly IRemoteWriteLog _messages;
    private readonly TimeProvider _clock;
    private volatile IReadOnlyList<RunningQueue> _running = [];

    /// <param name="log">What is stored.</param>
    /// <param name="options">Fixed at start.</param>
    /// <param name="messages">Takes what goes wrong.</param>
    /// <param name="clock">Paces everything.</param>
    public RemoteWriteManager(ISampleLog log, RemoteWriteOptions options, IRemoteWriteLog messages, TimeProvider clock)
    {
        _log = log;
        _options = options;
        _messages = messages;
        _clock = clock;
    }

    /// <summary>The figures of the queues that run.</summary>
    public IReadOnlyList<RemoteWriteQueueCounters> Queues => [.. _running.Select(static running => running.Queue.Counters)];

    /// <summary>Sends to these receivers from now on.</summary>
    /// <exception cref="InvalidOperationException">Two entries say the same; nothing has changed.</exception>
    public async Task ApplyAsync(IReadOnlyList<RemoteWriteConfig> configs, Labels externalLabels)
    {
        RefuseDuplicates(configs);
        List<Wish> wishes = Name(configs, externalLabels);
        var kept = new List<RunningQueue>();
        var ended = new List<Task>();
        foreach (RunningQueue running in _running)
        {
            if (wishes.Exists(wish => wish.Identity == running.Identity))
            {
                kept.Add(running);
            }
            else
            {
                bool isReplaced = wishes.Exists(wish => wish.Key == running.Key);
                ended.Add(running.StopAsync(flush: !isReplaced, _options.FlushDeadline));
            }
        }

        _running = kept;
        await Task.WhenAll(ended).ConfigureAwait(false);
        ForgetOthers(wishes);
        foreach (Wish wish in wishes)
        {
            if (!kept.Exists(running => running.Identity == wish.Identity) && Start(wish, externalLabels) is { } started)
            {
                _running = [.. _running, started];
            }
        }
    }

    /// <summary>Sends what is in the log as far as receivers take it, and ends. The rest is sent after the next start.</summary>
    public async Task StopAsync()
    {
        IReadOnlyList<RunningQueue> running = _running;
        _running = [];
        await Task.WhenAll(running.Select(queue => queue.StopAsync(flush: true, _options.FlushDeadline))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private static void RefuseDuplicates(IReadOnlyList<RemoteWriteConfig> configs)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (RemoteWriteConfig config in configs)
        {
            if (!seen.Add(config.Fingerprint))
            {
                throw new InvalidOperationException($"duplicate remote write configs are not allowed, found duplicate for URL: {config.Url}");
            }
        }
    }

    // The key names the receiver, so that a queue whose other settings change knows where its predecessor ended; the identity is all of the configuration.
    private List<Wish> Name(IReadOnlyList<RemoteWriteConfig> configs, Labels externalLabels)
    {
        var wishes = new List<Wish>();
        foreach (RemoteWriteConfig config in configs)
        {
            string receiver = $"{config.Name}\n{config.Url!.Text.Reveal()}";
            int before = wishes.Count(wish => wish.Receiver == receiver);
            string key = Hash(string.Create(CultureInfo.InvariantCulture, $"{receiver}\n{before}"))[..32];
            string fingerprint = Hash(config.Fingerprint);
            string name = config.Name.Length > 0 ? config.Name : fingerprint[..NameLength];
            wishes.Add(new Wish(config, name, receiver, key, Hash($"{config.Fingerprint}\n{externalLabels}\n{_options.TypeAndUnitLabels}")));
        }

        return wishes;
    }

    private RunningQueue? Start(Wish wish, Labels externalLabels)
    {
        RemoteWriteConfig config = wish.Config;
        string url = config.Url!.ToString();
        WriteClient client;
        try
        {
            if (config.Unsupported is { } section)
            {
                throw new NotSupportedException($"{section} is not yet supported");
            }

            client = new WriteClient(config, _options.Connect(config, _clock), _options.UserAgent, _clock);
        }
        catch (Exception e) when (e is NotSupportedException or UriFormatException)
        {
            _messages.ConfigurationNote(wish.Name, url, $"nothing is sent to this receiver: {e.Message}");
            return null;
        }

        bool isVersion2 = config.ProtobufMessage == RemoteWriteConfig.Version2Message;
        if (isVersion2 && config.Metadata.Send)
        {
            _messages.ConfigurationNote(
                wish.Name,
                url,
                "usage of 'metadata_config.send' is redundant when using remote write v2 (or higher) as metadata will always be gathered from the WAL and included for every series within each write request");
        }

        var context = new QueueContext(config, client, new RemoteWriteQueueCounters(wish.Name, url, config.Queue), _messages, _clock);
        var shaping = new SeriesShaping(isVersion2, externalLabels, config.WriteRelabelConfigs, _options.TypeAndUnitLabels);
        var queue = new WriteQueue(context, _log, shaping, Path.Combine(_options.PositionFolder, wish.Key + PositionSuffix));
        MetadataLoop? metadata = !isVersion2 && config.Metadata.Send ? new MetadataLoop(context, _options.CollectMetadata) : null;
        queue.Start();
        metadata?.Start();
        return new RunningQueue(wish.Key, wish.Identity, queue, metadata);
    }

    // A receiver that comes back some day begins with what is stored then.
    private void ForgetOthers(List<Wish> wishes)
    {
        if (!Directory.Exists(_options.PositionFolder))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(_options.PositionFolder, "*" + PositionSuffix))
        {
            if (!wishes.Exists(wish => wish.Key == Path.GetFileNameWithoutExtension(file)))
            {
                File.Delete(file);
            }
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Wish(RemoteWriteConfig Config, string Name, string Receiver, string Key, string Identity);

    private sealed record RunningQueue(string Key, string Identity, WriteQueue Queue, MetadataLoop? Metadata)
    {
        public async Task StopAsync(bool flush, TimeSpan deadline)
        {
            if (Metadata is not null)
            {
                await Metadata.DisposeAsync().ConfigureAwait(false);
            }

            await Queue.StopAsync(flush, deadline).ConfigureAwait(false);
        }
    }
}
