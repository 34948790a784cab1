using Pharos.Instrumentation.Collectors;
using Pharos.Testing;

namespace Pharos.Instrumentation.Tests.Collectors;

public sealed class CollectorTests
{
    private readonly MetricRegistry _registry = new();

    [Fact]
    public void The_process_tells_its_time_its_memory_its_start_and_its_files()
    {
        _registry.Add(new ProcessCollector());
        string text = Exposed.Text(_registry);
        Assert.True(double.Parse(Exposed.Value(text, "process_cpu_seconds_total")) > 0);
        Assert.True(double.Parse(Exposed.Value(text, "process_resident_memory_bytes")) > 1e6);
        Assert.True(double.Parse(Exposed.Value(text, "process_open_fds")) > 2);
        double started = double.Parse(Exposed.Value(text, "process_start_time_seconds"));
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - started, -1, 24 * 3600);
    }

    [Fact]
    public void The_runtime_tells_its_heap_and_its_collections()
    {
        _registry.Add(new RuntimeCollector());
        string text = Exposed.Text(_registry);
        Assert.True(double.Parse(Exposed.Value(text, "dotnet_gc_heap_size_bytes")) > 0);
        Assert.True(double.Parse(Exposed.Value(text, "dotnet_gc_collections_total{generation=\"0\"}")) >= 0);
        Assert.True(double.Parse(Exposed.Value(text, "dotnet_thread_pool_threads")) >= 0);
    }

    [Fact]
    public void The_application_tells_its_version_and_how_long_it_has_run()
    {
        var clock = new ManualTimeProvider();
        _registry.Add(new ApplicationCollector("shop", "1.8.3", clock));
        clock.Advance(TimeSpan.FromSeconds(90));
        string text = Exposed.Text(_registry);
        Assert.Equal("1", Exposed.Value(text, "application_info{name=\"shop\",version=\"1.8.3\"}"));
        Assert.Equal("90", Exposed.Value(text, "application_uptime_seconds"));
    }
}
