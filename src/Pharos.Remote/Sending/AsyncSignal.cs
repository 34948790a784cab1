using System.Threading.Channels;

namespace Pharos.Remote.Sending;

/// <summary>Wakes one waiter. Signals that come before it waits are one. Setting it is cheap and runs nothing of the waiter's.</summary>
internal sealed class AsyncSignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => _channel.Writer.TryWrite(true);

    public async Task WaitAsync() => await _channel.Reader.ReadAsync().ConfigureAwait(false);
}
