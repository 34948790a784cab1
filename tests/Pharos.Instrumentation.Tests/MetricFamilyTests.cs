namespace Pharos.Instrumentation.Tests;

public sealed class MetricFamilyTests
{
    private readonly MetricRegistry _registry = new(maxMetricsPerFamily: 3);

    [Fact]
    public void The_same_values_are_the_same_metric_and_others_are_not()
    {
        MetricFamily<Counter> family = _registry.CounterFamily("requests_total", "Requests.", ["method", "status"]);
        Counter counter = family.With("GET", "200");
        Assert.Same(counter, family.With("GET", "200"));
        Assert.NotSame(counter, family.With("200", "GET"));
    }

    [Fact]
    public void Metrics_are_exposed_in_the_order_in_which_they_came_from_zero_on()
    {
        MetricFamily<Counter> family = _registry.CounterFamily("requests_total", "Requests.", ["method"]);
        family.With("POST");
        family.With("GET").Increment(2);
        Assert.Equal(
            """
            # HELP requests_total Requests.
            # TYPE requests_total counter
            requests_total{method="POST"} 0
            requests_total{method="GET"} 2

            """,
            Exposed.Text(_registry));
    }

    [Theory]
    [InlineData]
    [InlineData("GET")]
    [InlineData("GET", "200", "more")]
    public void Another_number_of_values_than_of_labels_is_refused(params string[] values)
    {
        MetricFamily<Counter> family = _registry.CounterFamily("requests_total", "Requests.", ["method", "status"]);
        ArgumentException e = Assert.Throws<ArgumentException>(() => family.With(values));
        Assert.Contains("requests_total has 2 labels", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_the_bound_everything_lands_in_one_metric()
    {
        MetricFamily<Counter> family = _registry.CounterFamily("requests_total", "Requests.", ["path"]);
        for (int i = 0; i < 100; i++)
        {
            family.With($"/{i}").Increment();
        }

        string text = Exposed.Text(_registry);
        Assert.Equal("1", Exposed.Value(text, "requests_total{path=\"/2\"}"));
        Assert.Equal("97", Exposed.Value(text, "requests_total{path=\"overflow\"}"));
        Assert.DoesNotContain("/3", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Label_values_are_escaped()
    {
        _registry.GaugeFamily("files", "Files.", ["path"]).With("C:\\a\n\"b\"").Set(1);
        Assert.Contains("""files{path="C:\\a\n\"b\""} 1""", Exposed.Text(_registry), StringComparison.Ordinal);
    }
}
