using Pharos.Storage.Head;

namespace Pharos.Storage.Tests.Head;

public class CommitGateTests
{
    private readonly CommitGate _gate = new();
    private int _readers;
    private int _appliers;
    private int _applied;
    private int _read;

    [Fact]
    public async Task Appliers_and_readers_are_never_inside_together_and_neither_starves()
    {
        using var done = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Start(() => Read(done.Token)))];
        await Start(Apply);
        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(5000, _applied);
        Assert.True(_read > 0);
    }

    private static Task Start(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Read(CancellationToken done)
    {
        do
        {
            _gate.EnterRead();
            Interlocked.Increment(ref _readers);
            Assert.Equal(0, Volatile.Read(ref _appliers));
            Interlocked.Increment(ref _read);
            Interlocked.Decrement(ref _readers);
            _gate.ExitRead();
        }
        while (!done.IsCancellationRequested);
    }

    private void Apply()
    {
        for (int i = 0; i < 5000; i++)
        {
            _gate.EnterApply();
            Assert.Equal(1, Interlocked.Increment(ref _appliers));
            Assert.Equal(0, Volatile.Read(ref _readers));
            _applied++;
            Interlocked.Decrement(ref _appliers);
            _gate.ExitApply();
        }
    }
}
