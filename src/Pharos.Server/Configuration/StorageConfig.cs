using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Server.Configuration;

/// <summary>The <c>storage</c> section: what of the store can change by a reload.</summary>
public sealed record StorageConfig
{
    /// <summary>How far behind the newest sample of its series one may come; zero: not at all.</summary>
    public TimeSpan OutOfOrderTimeWindow { get; init; }

    /// <summary>The share of stale series in the head, 0 to 1, from which on it is compacted at once; 0: never.</summary>
    public double StaleSeriesCompactionThreshold { get; init; }

    /// <summary>How float samples are encoded: <c>xor</c>, <c>xor2</c>, or empty for the flag's choice.</summary>
    public string FloatChunkEncoding { get; init; } = "";

    /// <summary>Zero: the flag decides.</summary>
    public TimeSpan RetentionTime { get; init; }

    /// <summary>Bytes; 0: the flag decides.</summary>
    public long RetentionSize { get; init; }

    /// <summary>Percent of the disk; 0: no limit.</summary>
    public double RetentionPercentage { get; init; }

    /// <summary>How many exemplars are kept in memory; 0 or less: none.</summary>
    public long MaxExemplars { get; init; } = 100_000;

    internal static StorageConfig Read(YamlMapping map)
    {
        StorageConfig tsdb = map.Section("tsdb", "config.plain", ReadTsdb, static () => new StorageConfig());
        return map.OptionalSection("exemplars", "config.ExemplarsConfig", section => tsdb with { MaxExemplars = section.Int("max_exemplars") }) ?? tsdb;
    }

    private static StorageConfig ReadTsdb(YamlMapping map)
    {
        var config = new StorageConfig
        {
            OutOfOrderTimeWindow = map.Duration("out_of_order_time_window"),
            StaleSeriesCompactionThreshold = map.Double("stale_series_compaction_threshold"),
            FloatChunkEncoding = map.Section("chunk_encoding", "config.ChunkEncodingConfig", ReadFloatEncoding, static () => ""),
        };
        return map.Section("retention", "config.plain", section => ReadRetention(section, config), () => config);
    }

    private static string ReadFloatEncoding(YamlMapping map)
    {
        string floats = map.String("floats");
        if (floats is not ("" or "xor" or "xor2"))
        {
            map.Refuse("floats", $"'storage.tsdb.chunk_encoding.floats' must be 'xor' or 'xor2', or the field must be omitted entirely, got {ConfigText.Quote(floats)}");
        }

        return floats;
    }

    private static StorageConfig ReadRetention(YamlMapping map, StorageConfig config)
    {
        config = config with { RetentionTime = map.Duration("time"), RetentionSize = map.Size("size"), RetentionPercentage = map.Double("percentage") };
        if (config.RetentionSize < 0)
        {
            map.Refuse("size", $"'storage.tsdb.retention.size' must be greater than or equal to 0, got {Base2Bytes.Format(config.RetentionSize)}");
        }

        if (config.RetentionPercentage is not (>= 0 and <= 100))
        {
            map.Refuse("percentage", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"'storage.tsdb.retention.percentage' must be in the range [0, 100], got {config.RetentionPercentage}"));
        }

        return config;
    }
}
