using Pharos.Scrape.Http;
using Pharos.Scrape.Loops;
using Pharos.Scrape.Targets;
using Pharos.Testing;

namespace Pharos.Scrape.Tests.Loops;

public sealed class ScrapeLoopTests : IDisposable
{
    private readonly ScrapeHarness _harness = new();
    private readonly ScriptedClient _client = new();
    private readonly ScrapeLoop _loop;

    public ScrapeLoopTests()
    {
        _loop = new ScrapeLoop(_harness.Target, _harness.Config, _client, _harness.Context);
    }

    public void Dispose()
    {
        _loop.Dispose();
        _harness.Dispose();
    }

    [Fact]
    public async Task It_scrapes_at_its_offset_and_then_every_interval()
    {
        var stored = new SemaphoreSlim(0);
        _harness.Store.Appended = () => stored.Release();
        DateTimeOffset first = _harness.Time.GetUtcNow() + _harness.Target.OffsetFrom(_harness.Time.GetUtcNow(), 0);
        _loop.Start();
        await WaitForTimersAsync(1);
        Assert.Empty(_harness.Store.Samples);

        _harness.Time.Advance(first - _harness.Time.GetUtcNow());
        await stored.WaitAsync();
        for (int i = 1; i < 4; i++)
        {
            await WaitForTickAsync();
            _harness.Time.Advance(TimeSpan.FromSeconds(15));
            await stored.WaitAsync();
        }

        await _loop.StopAsync();
        Assert.Equal(
            Enumerable.Range(0, 4).Select(i => (first + TimeSpan.FromSeconds(15 * i)).ToUnixTimeMilliseconds()),
            _harness.Store.Samples.Where(static s => s.Labels.MetricName == "a").Select(static s => s.Sample.Timestamp));
    }

    [Fact]
    public async Task An_error_that_nobody_expected_is_said_and_the_next_scrape_goes_well()
    {
        _harness.Store.Failure = new InvalidOperationException("a bug");
        _loop.Start();
        await WaitForTimersAsync(1);
        await Wait.UntilAsync(
            () =>
            {
                _harness.Time.Advance(TimeSpan.FromSeconds(1));
                return _harness.Target.Health == TargetHealth.Down;
            },
            "the failing scrape");
        Assert.Equal("internal error: a bug", _harness.Target.View().LastError);

        _harness.Store.Failure = null;
        await Wait.UntilAsync(
            () =>
            {
                _harness.Time.Advance(TimeSpan.FromSeconds(1));
                return _harness.Target.Health == TargetHealth.Up;
            },
            "the next scrape");
        await _loop.StopAsync();
        Assert.StartsWith("1", _harness["{__name__=\"a\"}"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_target_runs_into_its_timeout_and_the_next_scrape_is_a_new_try()
    {
        _client.Answer = static token => Task.Delay(Timeout.Infinite, token);
        ValueTask scrape = _loop.ScrapeAsync(_harness.Time.GetUtcNow());
        _harness.Time.Advance(TimeSpan.FromSeconds(10));
        await scrape;
        Assert.Equal("context deadline exceeded", _harness.Target.View().LastError);
        Assert.Equal(TimeSpan.FromSeconds(10), _harness.Target.View().LastScrapeDuration);

        _client.Answer = static _ => Task.CompletedTask;
        _harness.Time.Advance(TimeSpan.FromSeconds(15));
        await _loop.ScrapeAsync(_harness.Time.GetUtcNow());
        Assert.Equal("0 1", _harness["{__name__=\"up\"}"]);
    }

    [Fact]
    public async Task A_forced_error_fails_scrapes_without_asking_the_target()
    {
        _loop.ForcedError = "target_limit exceeded (number of targets: 2, limit: 1)";
        await _loop.ScrapeAsync(_harness.Time.GetUtcNow());

        Assert.Equal(0, _client.Asked);
        Assert.Equal("0", _harness["{__name__=\"up\"}"]);
    }

    [Fact]
    public async Task A_loop_that_is_aborted_does_not_store_the_scrape_under_way()
    {
        var asked = new TaskCompletionSource();
        _client.Answer = token =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, token);
        };
        TimeSpan untilFirst = _harness.Target.OffsetFrom(_harness.Time.GetUtcNow(), _harness.Context.OffsetSeed);
        _loop.Start();
        await WaitForTimersAsync(1);
        _harness.Time.Advance(untilFirst); // and no further: the scrape must not reach its timeout
        await asked.Task;

        await _loop.AbortAsync();

        Assert.Empty(_harness.Store.Samples);
    }

    [Fact]
    public async Task A_target_that_has_gone_is_marked_stale_after_two_intervals_and_a_tenth()
    {
        DateTimeOffset last = _harness.Time.GetUtcNow();
        await _loop.ScrapeAsync(last);
        await _loop.StopAsync();
        Task end = _loop.EndAsync(CancellationToken.None);

        _harness.Time.Advance(TimeSpan.FromSeconds(31.4));
        Assert.False(end.IsCompleted);
        Assert.Equal("1", _harness["{__name__=\"a\"}"]);

        _harness.Time.Advance(TimeSpan.FromSeconds(0.1));
        await end;
        Assert.Equal("1 stale", _harness["{__name__=\"a\"}"]);
        Assert.Equal("1 stale", _harness["{__name__=\"up\"}"]);
        Assert.Equal((last + TimeSpan.FromSeconds(15)).ToUnixTimeMilliseconds(), _harness.Store.Samples[^1].Sample.Timestamp);
    }

    [Fact]
    public async Task A_target_that_came_back_meanwhile_is_not_marked_stale()
    {
        await _loop.ScrapeAsync(_harness.Time.GetUtcNow());
        await _loop.StopAsync();
        Task end = _loop.EndAsync(CancellationToken.None);
        using var again = new ScrapeLoop(_harness.Target, _harness.Config, _client, _harness.Context);
        _harness.Time.Advance(TimeSpan.FromSeconds(15));
        await again.ScrapeAsync(_harness.Time.GetUtcNow());
        _harness.Time.Advance(TimeSpan.FromSeconds(30));
        await end;

        Assert.Equal("1 1", _harness["{__name__=\"a\"}"]);
    }

    private Task WaitForTimersAsync(int count) => Wait.UntilAsync(() => _harness.Time.WaitingTimers >= count, $"{count} waiting timers");

    // The loop waits for its next moment again when its scrape is over and its timeout is put away.
    private Task WaitForTickAsync() => Wait.UntilAsync(() => _client.IsIdle && _harness.Target.Health == TargetHealth.Up, "the end of the scrape");

    private sealed class ScriptedClient : ITargetClient
    {
        private int _asked;
        private int _answered;

        public Func<CancellationToken, Task> Answer { get; set; } = static _ => Task.CompletedTask;

        public int Asked => Volatile.Read(ref _asked);

        public bool IsIdle => Volatile.Read(ref _asked) == Volatile.Read(ref _answered);

        public async ValueTask<string> FetchAsync(Target target, ScrapeBuffer buffer, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            try
            {
                await Answer(cancellationToken);
                buffer.Write("a 1\n"u8);
                return "text/plain";
            }
            finally
            {
                Interlocked.Increment(ref _answered);
            }
        }

        public void Dispose()
        {
        }
    }
}
