using System.Globalization;
using Pharos.Core.Labels;

namespace Pharos.Benchmarks;

/// <summary>Series like those of <c>../shared/bench</c>: pods of 100 series, 60 % histogram buckets, counters, gauges and constants, 15 s apart.</summary>
internal sealed class Fleet
{
    public const long Start = 1_760_000_000_000;
    public const long StepMs = 15_000;
    private static readonly string[] Bounds = ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"];
    private static readonly string[] Paths = ["/api/items", "/api/orders", "/api/users", "/healthz", "/login"];
    private static readonly string[] Services = ["cart", "checkout", "search", "users", "orders", "billing", "mail", "stock", "prices", "reviews"];
    private readonly double[] _values;
    private readonly Random _random = new(1);

    public Fleet(int series)
    {
        Count = series;
        _values = new double[series];
    }

    public int Count { get; }

    public static Labels LabelsOf(int index)
    {
        int pod = index / 100;
        int inPod = index % 100;
        string service = Services[pod % Services.Length];
        string path = Paths[inPod % 5];
        var labels = new LabelsBuilder();
        labels.Set("job", service).Set("namespace", "shop-" + (pod % 8)).Set("cluster", "eu-1");
        labels.Set("pod", string.Create(CultureInfo.InvariantCulture, $"{service}-{(uint)(pod * 2654435761u):x8}-{pod:D5}"));
        labels.Set("instance", string.Create(CultureInfo.InvariantCulture, $"10.{pod / 65536}.{pod / 256 % 256}.{pod % 256}:8080"));
        if (inPod < 60)
        {
            labels.Set("__name__", "http_request_duration_seconds_bucket").Set("le", Bounds[inPod / 5]).Set("path", path);
        }
        else if (inPod < 80)
        {
            labels.Set("__name__", "http_requests_total").Set("path", path).Set("status", "" + (200 + (100 * ((inPod - 60) / 5)))).Set("method", "GET");
        }
        else
        {
            labels.Set("__name__", "process_metric_" + (inPod - 80));
        }

        return labels.ToLabels();
    }

    /// <summary>The next value of a series.</summary>
    public double Next(int index)
    {
        int inPod = index % 100;
        ref double value = ref _values[index];
        value = inPod switch
        {
            < 60 => value + _random.Next(3),
            < 80 => value + _random.Next(1 + inPod - 60),
            < 86 => value + _random.NextDouble(),
            < 93 => 1e8 + (4096 * _random.Next(1000)),
            _ => 1,
        };
        return value;
    }
}
