using System.Text;
using Pharos.Core.Buffers;

namespace Pharos.Remote.Sending;

/// <summary>Sends what targets say about their metric families every so often: version 1, which does not send it with the series.</summary>
internal sealed class MetadataLoop : IAsyncDisposable
{
    private const byte MetadataKey = 0x1a;
    private const byte TypeKey = 0x08;
    private const byte FamilyKey = 0x12;
    private const byte HelpKey = 0x22;
    private const byte UnitKey = 0x2a;

    private readonly QueueContext _queue;
    private readonly Func<IReadOnlyCollection<MetricFamilyMetadata>> _collect;
    private readonly CancellationTokenSource _stop = new();
    private readonly RetryingSender _sender;
    private readonly ProtoBuffer _message = new();
    private byte[] _compressed = [];
    private Task _loop = Task.CompletedTask;

    public MetadataLoop(QueueContext queue, Func<IReadOnlyCollection<MetricFamilyMetadata>> collect)
    {
        _queue = queue;
        _collect = collect;
        _sender = new RetryingSender(queue, _stop.Token, _stop.Token);
    }

    public void Start() => _loop = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(_queue.Config.Metadata.SendInterval, _queue.Clock);
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                foreach (MetricFamilyMetadata[] some in _collect().Distinct().Chunk(Math.Max(1, _queue.Config.Metadata.MaxSamplesPerSend)))
                {
                    await SendAsync(some).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task SendAsync(MetricFamilyMetadata[] metadata)
    {
        ReadOnlyMemory<byte> body = Encode(metadata);
        RemoteWriteQueueCounters counters = _queue.Counters;
        WriteOutcome? outcome = await _sender.SendAsync(() => body, static () => 0, () => counters.Add(RemoteWriteCount.RetriedMetadata, metadata.Length)).ConfigureAwait(false);
        if (outcome is not { } ended)
        {
            return;
        }

        if (ended.Error is { } error)
        {
            counters.Add(RemoteWriteCount.FailedMetadata, metadata.Length);
            _queue.Log.MetadataFailed(_queue.Name, _queue.Url, metadata.Length, error);
            return;
        }

        counters.Add(RemoteWriteCount.Metadata, metadata.Length);
        counters.Add(RemoteWriteCount.MetadataBytes, body.Length);
    }

    private ReadOnlyMemory<byte> Encode(MetricFamilyMetadata[] metadata)
    {
        _message.Clear();
        foreach (MetricFamilyMetadata entry in metadata)
        {
            int length = ProtoBuffer.NumberLength((ulong)entry.Type) + TextLength(entry.Family) + TextLength(entry.Help) + TextLength(entry.Unit);
            _message.PutHeader(MetadataKey, length);
            _message.PutNumber(TypeKey, (ulong)entry.Type);
            PutText(FamilyKey, entry.Family);
            PutText(HelpKey, entry.Help);
            PutText(UnitKey, entry.Unit);
        }

        int limit = SnappyBlock.MaxCompressedLength(_message.Length);
        _compressed = _compressed.Length < limit ? new byte[limit] : _compressed;
        return _compressed.AsMemory(0, SnappyBlock.Compress(_message.Written, _compressed));
    }

    private static int TextLength(string text) => text.Length == 0 ? 0 : ProtoBuffer.BytesLength(Encoding.UTF8.GetByteCount(text));

    private void PutText(byte key, string text)
    {
        if (text.Length > 0)
        {
            LabelEncoding.PutText(_message, key, text);
        }
    }
}
