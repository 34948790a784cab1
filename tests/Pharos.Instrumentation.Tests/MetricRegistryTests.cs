using Pharos.Instrumentation.Exposition;

namespace Pharos.Instrumentation.Tests;

public sealed class MetricRegistryTests
{
    private readonly MetricRegistry _registry = new();

    [Theory]
    [InlineData("jobs")]
    [InlineData("_total")]
    [InlineData("jobs total")]
    [InlineData("1jobs_total")]
    [InlineData("")]
    public void A_counter_needs_a_name_that_says_so(string name) => Assert.Throws<ArgumentException>(() => _registry.Counter(name, "Jobs."));

    [Theory]
    [InlineData("__name")]
    [InlineData("le")]
    [InlineData("a-b")]
    [InlineData("")]
    public void A_label_needs_a_name_of_its_own(string label) =>
        Assert.Throws<ArgumentException>(() => _registry.HistogramFamily("wait_seconds", "Waits.", [1], [label]));

    [Fact]
    public void No_label_stands_there_twice() => Assert.Throws<ArgumentException>(() => _registry.GaugeFamily("files", "Files.", ["a", "b", "a"]));

    [Fact]
    public void A_name_is_given_once()
    {
        _registry.Gauge("files", "Files.");
        ArgumentException e = Assert.Throws<ArgumentException>(() => _registry.Gauge("files", "Files."));
        Assert.Contains("there is a metric files already", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_metric_says_what_it_is() => Assert.Throws<ArgumentException>(() => _registry.Gauge("files", ""));

    [Fact]
    public void Help_is_escaped_as_its_format_wants_it()
    {
        _registry.Gauge("files", "Of \"C:\\\"\nand more.");
        Assert.Contains("# HELP files Of \"C:\\\\\"\\nand more.\n", Exposed.Text(_registry), StringComparison.Ordinal);
        Assert.Contains("# HELP files Of \\\"C:\\\\\\\"\\nand more.\n", Exposed.Text(_registry, ExpositionFormat.OpenMetrics), StringComparison.Ordinal);
    }

    [Fact]
    public void OpenMetrics_names_counters_without_their_ending_writes_bounds_as_floats_and_closes()
    {
        _registry.Counter("jobs_total", "Jobs.").Increment();
        _registry.Histogram("wait_seconds", "Waits.", [0.5, 1]).Observe(0.7);
        Assert.Equal(
            """
            # HELP jobs Jobs.
            # TYPE jobs counter
            jobs_total 1
            # HELP wait_seconds Waits.
            # TYPE wait_seconds histogram
            wait_seconds_bucket{le="0.5"} 0
            wait_seconds_bucket{le="1.0"} 1
            wait_seconds_bucket{le="+Inf"} 1
            wait_seconds_sum 0.7
            wait_seconds_count 1
            # EOF

            """,
            Exposed.Text(_registry, ExpositionFormat.OpenMetrics));
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(0.1, "0.1")]
    [InlineData(-3, "-3")]
    [InlineData(1.5e300, "1.5E+300")]
    public void Numbers_are_written_so_that_they_read_back(double value, string text)
    {
        _registry.Gauge("files", "Files.").Set(value);
        Assert.Equal(text, Exposed.Value(Exposed.Text(_registry), "files"));
    }

    [Fact]
    public void Counting_and_observing_allocate_nothing_also_through_the_family()
    {
        MetricFamily<Counter> requests = _registry.CounterFamily("requests_total", "Requests.", ["method", "status"]);
        Histogram histogram = _registry.Histogram("wait_seconds", "Waits.", HistogramBuckets.RequestSeconds);
        Gauge gauge = _registry.Gauge("in_progress", "Now.");
        void Round()
        {
            requests.With("GET", "200").Increment();
            requests.With("GET", "200").Increment(0.5);
            histogram.Observe(0.3);
            gauge.Increment();
        }

        Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Round();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_count_at_once_while_somebody_scrapes()
    {
        const int Rounds = 20_000;
        MetricFamily<Counter> requests = _registry.CounterFamily("requests_total", "Requests.", ["worker"]);
        Counter shared = _registry.Counter("all_total", "All.");
        Counter halves = _registry.Counter("halves_total", "Halves.");
        Histogram histogram = _registry.Histogram("wait_seconds", "Waits.", [1, 2]);
        using var done = new CancellationTokenSource();
        Task<int> scraper = Task.Run(() =>
        {
            int inconsistent = 0;
            while (!done.IsCancellationRequested)
            {
                string text = Exposed.Text(_registry);
                inconsistent += Exposed.Value(text, "wait_seconds_bucket{le=\"+Inf\"}") == Exposed.Value(text, "wait_seconds_count") ? 0 : 1;
            }

            return inconsistent;
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                requests.With($"{worker}").Increment();
                shared.Increment();
                halves.Increment(0.5);
                histogram.Observe(i % 3);
            }
        })));
        await done.CancelAsync();

        Assert.Equal(0, await scraper);
        Assert.Equal(4 * Rounds, shared.Value);
        Assert.Equal(2 * Rounds, halves.Value);
        Assert.Equal(4 * Rounds, histogram.Count);
        Assert.All(Enumerable.Range(0, 4), worker => Assert.Equal(Rounds, requests.With($"{worker}").Value));
    }
}
