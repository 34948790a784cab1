using Pharos.Config.Yaml;

namespace Pharos.Remote.Configuration;

/// <summary>How samples queue up before they are sent.</summary>
public sealed record RemoteQueueConfig
{
    /// <summary>Samples that a shard keeps before reading on blocks.</summary>
    public int Capacity { get; init; } = 10_000;

    public int MaxShards { get; init; } = 50;

    public int MinShards { get; init; } = 1;

    public int MaxSamplesPerSend { get; init; } = 2000;

    /// <summary>How long a sample waits for others.</summary>
    public TimeSpan BatchSendDeadline { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(30);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An answer 429 is tried again like a failure of the server.</summary>
    public bool RetryOnRateLimit { get; init; }

    /// <summary>Older samples are dropped; zero: never.</summary>
    public TimeSpan SampleAgeLimit { get; init; }

    internal static RemoteQueueConfig Read(YamlMapping map)
    {
        var initial = new RemoteQueueConfig();
        var config = new RemoteQueueConfig
        {
            Capacity = map.Int("capacity", initial.Capacity),
            MaxShards = map.Int("max_shards", initial.MaxShards),
            MinShards = map.Int("min_shards", initial.MinShards),
            MaxSamplesPerSend = map.Int("max_samples_per_send", initial.MaxSamplesPerSend),
            BatchSendDeadline = map.Duration("batch_send_deadline", initial.BatchSendDeadline),
            MinBackoff = map.Duration("min_backoff", initial.MinBackoff),
            MaxBackoff = map.Duration("max_backoff", initial.MaxBackoff),
            RetryOnRateLimit = map.Bool("retry_on_http_429"),
            SampleAgeLimit = map.Duration("sample_age_limit"),
        };
        config.Check(map);
        return config;
    }

    private void Check(YamlMapping map)
    {
        RequirePositive(map, "max_shards", MaxShards);
        RequirePositive(map, "min_shards", MinShards);
        RequirePositive(map, "max_samples_per_send", MaxSamplesPerSend);
        RequirePositive(map, "capacity", Capacity);
        if (MinShards > MaxShards && MaxShards > 0)
        {
            map.Refuse("min_shards", "remote write queue min_shards must not be greater than max_shards");
        }

        if (MaxBackoff < MinBackoff)
        {
            map.Refuse("max_backoff", "remote write queue max_backoff must not be less than min_backoff");
        }
    }

    private static void RequirePositive(YamlMapping map, string key, int value)
    {
        if (value <= 0)
        {
            map.Refuse(key, $"remote write queue {key} must be positive", "a number above 0");
        }
    }
}
