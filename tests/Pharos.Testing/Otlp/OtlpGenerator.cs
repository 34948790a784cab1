using System.Globalization;
using System.Text.Json.Nodes;

namespace Pharos.Testing.Otlp;

/// <summary>
/// Makes random metrics requests as OTLP's JSON: all kinds of metrics and attributes, odd names and units, several resources and scopes. No two metrics of a request become
/// one series, and every request is later than the one before, so that a store takes everything.
/// </summary>
public sealed class OtlpGenerator(Random random, long startNanos)
{
    private static readonly string[] Stems = ["http.server.duration", "system.cpu.time", "queue_size", "2xx", "jvm:memory.used", "größe.total", "a__b", "disk io/ops", "ratio.hits", "seconds.per.call"];
    private static readonly string[] Units = ["", "s", "ms", "By", "1", "%", "{requests}", "By/s", "{x}/s", "km/h", "Cel", "/min", "KiBy", "µs", "m/s"];
    private static readonly string[] Keys = ["http.method", "http_method", "code", "_internal", "1st", "k8s.pod.name", "le gume", "größe", "__meta__", "service"];
    private int _request;

    /// <summary>Whether exponential histograms are among the metrics.</summary>
    public bool HasExponentialHistograms { get; init; }

    /// <summary>Whether attributes of one point may become one label.</summary>
    public bool HasCollisions { get; init; } = true;

    /// <summary>The next request, 10 seconds after the one before.</summary>
    public string Next()
    {
        long time = startNanos + (_request++ * 10_000_000_000L);
        var resources = new JsonArray();
        for (int r = 0; r < 2; r++)
        {
            var scopes = new JsonArray();
            for (int s = 0; s < 2; s++)
            {
                scopes.Add(new JsonObject
                {
                    ["scope"] = new JsonObject { ["name"] = $"lib{s}", ["version"] = s == 0 ? "1.0" : "", ["attributes"] = Attributes(s) },
                    ["schemaUrl"] = s == 0 ? "https://example.com/schema" : "",
                    ["metrics"] = Metrics($"r{r}.s{s}", time),
                });
            }

            JsonArray attributes = Attributes(3);
            attributes.Add(Pair("service.name", Text($"svc{r}")));
            attributes.Add(Pair("host.name", Text($"host {r}")));
            if (r == 0)
            {
                attributes.Add(Pair("service.instance.id", Text("i-0")));
                attributes.Add(Pair("service.namespace", Text("ns")));
            }

            resources.Add(new JsonObject { ["resource"] = new JsonObject { ["attributes"] = attributes }, ["scopeMetrics"] = scopes });
        }

        return new JsonObject { ["resourceMetrics"] = resources }.ToJsonString();
    }

    private JsonArray Metrics(string prefix, long time)
    {
        var metrics = new JsonArray();
        for (int i = 0; i < 6; i++)
        {
            int kind = HasExponentialHistograms ? i : i % 5;
            var metric = new JsonObject { ["name"] = $"{prefix}.m{i}.{Stems[random.Next(Stems.Length)]}", ["unit"] = Units[random.Next(Units.Length)], ["description"] = "help" };
            metric[kind switch { 0 => "gauge", 1 or 2 => "sum", 3 => "histogram", 4 => "summary", _ => "exponentialHistogram" }] = Data(kind, time);
            metrics.Add(metric);
        }

        return metrics;
    }

    private JsonObject Data(int kind, long time)
    {
        var points = new JsonArray();
        int count = random.Next(1, 4);
        for (int i = 0; i < count; i++)
        {
            // The labels of points differ, and their times within a resource too.
            JsonArray attributes = Attributes(random.Next(4));
            attributes.Add(Pair("point", Text($"{i}")));
            var point = new JsonObject
            {
                ["attributes"] = attributes,
                ["startTimeUnixNano"] = Nanos(startNanos),
                ["timeUnixNano"] = Nanos(time + (random.Next(5_000) * 1_000_003L)),
                ["flags"] = random.Next(8) == 0 ? 1 : 0,
            };
            AddValues(point, kind);
            points.Add(point);
        }

        var data = new JsonObject { ["dataPoints"] = points };
        if (kind is 1 or 2 or 3 or 5)
        {
            data["aggregationTemporality"] = 2;
        }

        if (kind == 1)
        {
            data["isMonotonic"] = true;
        }

        return data;
    }

    private void AddValues(JsonObject point, int kind)
    {
        switch (kind)
        {
            case 0 or 1 or 2 when random.Next(2) == 0:
                point["asInt"] = Whole(random.NextInt64(-1000, 1_000_000_000_000));
                break;
            case 0 or 1 or 2:
                point["asDouble"] = Number();
                break;
            case 3:
                AddHistogram(point);
                break;
            case 4:
                point["count"] = Whole(random.Next(1000));
                point["sum"] = Number();
                point["quantileValues"] = new JsonArray(
                    new JsonObject { ["quantile"] = 0.5, ["value"] = Number() }, new JsonObject { ["quantile"] = 0.99, ["value"] = Number() }, new JsonObject { ["quantile"] = 1, ["value"] = Number() });
                break;
            default:
                AddExponential(point);
                break;
        }
    }

    private void AddHistogram(JsonObject point)
    {
        int[] counts = [.. Enumerable.Range(0, 5).Select(_ => random.Next(20))];
        point["count"] = Whole(counts.Sum());
        point["bucketCounts"] = new JsonArray([.. counts.Select(c => (JsonNode)Whole(c))]);
        point["explicitBounds"] = new JsonArray(0.005, 0.1, 1, 1e7);
        if (random.Next(4) > 0)
        {
            point["sum"] = random.Next(10_000) / 8.0;
        }
    }

    private void AddExponential(JsonObject point)
    {
        int[] positive = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(3) == 0 ? random.Next(1, 9) : 0)];
        int[] negative = [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(4))];
        int zero = random.Next(3);
        point["scale"] = random.Next(-4, 12);
        point["zeroCount"] = Whole(zero);
        point["count"] = Whole(positive.Sum() + negative.Sum() + zero);
        point["sum"] = random.Next(10_000) / 8.0;
        point["positive"] = Buckets(positive);
        point["negative"] = Buckets(negative);
    }

    private JsonObject Buckets(int[] counts) => new() { ["offset"] = random.Next(-20, 20), ["bucketCounts"] = new JsonArray([.. counts.Select(c => (JsonNode)Whole(c))]) };

    private JsonArray Attributes(int count)
    {
        var attributes = new JsonArray();
        foreach (string key in Keys.OrderBy(_ => random.Next()).Take(count))
        {
            if (HasCollisions || key is not ("http_method" or "größe"))
            {
                attributes.Add(Pair(key, Value()));
            }
        }

        return attributes;
    }

    private JsonObject Value() => random.Next(8) switch
    {
        0 => new JsonObject { ["boolValue"] = random.Next(2) == 0 },
        1 => new JsonObject { ["intValue"] = Whole(random.NextInt64()) },
        2 => new JsonObject { ["doubleValue"] = Number() },
        3 => new JsonObject { ["arrayValue"] = new JsonObject { ["values"] = new JsonArray(Text("<x>"), new JsonObject { ["doubleValue"] = 1e-7 }, new JsonObject { ["boolValue"] = true }) } },
        4 => new JsonObject { ["kvlistValue"] = new JsonObject { ["values"] = new JsonArray(Pair("z", Text("1\n")), Pair("a", new JsonObject { ["intValue"] = Whole(5) })) } },
        5 => new JsonObject { ["bytesValue"] = Convert.ToBase64String([1, 2, (byte)random.Next(256)]) },
        6 => Text(""),
        _ => Text($"v{random.Next(5)} \"é\" 😀\\"),
    };

    private double Number() => random.Next(5) switch
    {
        0 => random.Next(100),
        1 => random.NextDouble(),
        2 => -random.NextDouble() * 1e-9,
        3 => random.NextDouble() * 1e22,
        _ => random.NextDouble() * 1e6,
    };

    private static JsonObject Pair(string key, JsonObject value) => new() { ["key"] = key, ["value"] = value };

    private static JsonObject Text(string text) => new() { ["stringValue"] = text };

    private static string Nanos(long value) => value.ToString(CultureInfo.InvariantCulture);

    // As a string or as a number: both are right.
    private JsonValue Whole(long value) => random.Next(2) == 0 ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));
}
