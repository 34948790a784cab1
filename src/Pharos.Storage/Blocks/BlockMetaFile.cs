using System.Text.Json;
using Pharos.Storage.Files;

namespace Pharos.Storage.Blocks;

/// <summary>Reads and writes <c>meta.json</c>, byte for byte as upstream formats it.</summary>
public static class BlockMetaFile
{
    /// <summary>The file's name in the block's folder.</summary>
    public const string Name = "meta.json";

    private const int Version = 1;
    private const long MaxBytes = 64 << 20;
    private static readonly JsonWriterOptions Format = new() { Indented = true, IndentCharacter = '\t', IndentSize = 1, NewLine = "\n" };

    /// <summary>Reads the file of a block's folder.</summary>
    /// <exception cref="CorruptionException">It is not such a file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BlockMeta Read(string blockFolder)
    {
        string path = Path.Combine(blockFolder, Name);
        if (new FileInfo(path).Length > MaxBytes)
        {
            throw new CorruptionException(path, MaxBytes, "longer than 64 MiB, which no block's description is");
        }

        return Parse(path, File.ReadAllBytes(path));
    }

    /// <summary>Writes the file, whole or not at all, and forces it to disk.</summary>
    internal static void Write(IStoreFiles files, string blockFolder, BlockMeta meta)
    {
        string path = Path.Combine(blockFolder, Name);
        string temporary = path + ".tmp";
        using var text = new MemoryStream();
        Write(text, meta);
        files.Delete(temporary);
        using (IStoreFile file = files.Create(temporary))
        {
            file.Write(text.ToArray(), 0);
            file.Sync();
        }

        files.Move(temporary, path);
        files.SyncFolder(blockFolder);
    }

    internal static BlockMeta Parse(string path, ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            int version = root.GetProperty("version").GetInt32();
            if (version != Version)
            {
                throw new CorruptionException(path, 0, $"unexpected meta file version {version}, 1 is known");
            }

            JsonElement compaction = root.GetProperty("compaction");
            return new BlockMeta
            {
                Ulid = ReadUlid(path, root.GetProperty("ulid")),
                MinTime = root.GetProperty("minTime").GetInt64(),
                MaxTime = root.GetProperty("maxTime").GetInt64(),
                Stats = root.TryGetProperty("stats", out JsonElement stats) ? ReadStats(stats) : new BlockStats(),
                Level = compaction.TryGetProperty("level", out JsonElement level) ? level.GetInt32() : 0,
                Sources = List(compaction, "sources", source => ReadUlid(path, source)),
                IsDeletable = IsTrue(compaction, "deletable"),
                Parents = List(compaction, "parents", parent => new BlockParent(
                    ReadUlid(path, parent.GetProperty("ulid")), parent.GetProperty("minTime").GetInt64(), parent.GetProperty("maxTime").GetInt64())),
                HasFailed = IsTrue(compaction, "failed"),
                Hints = List(compaction, "hints", static hint => hint.GetString() ?? string.Empty),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CorruptionException(path, 0, $"not a block's description: {e.Message}");
        }
    }

    internal static void Write(Stream stream, BlockMeta meta)
    {
        using var json = new Utf8JsonWriter(stream, Format);
        Write(json, meta);
    }

    /// <summary>Writes the description as one JSON object.</summary>
    public static void Write(Utf8JsonWriter json, BlockMeta meta)
    {
        json.WriteStartObject();
        json.WriteString("ulid", meta.Ulid.ToString());
        json.WriteNumber("minTime", meta.MinTime);
        json.WriteNumber("maxTime", meta.MaxTime);
        WriteStats(json, meta.Stats);
        json.WriteStartObject("compaction");
        json.WriteNumber("level", meta.Level);
        WriteList(json, "sources", meta.Sources, static (json, source) => json.WriteStringValue(source.ToString()));
        WriteIfTrue(json, "deletable", meta.IsDeletable);
        WriteList(json, "parents", meta.Parents, static (json, parent) =>
        {
            json.WriteStartObject();
            json.WriteString("ulid", parent.Ulid.ToString());
            json.WriteNumber("minTime", parent.MinTime);
            json.WriteNumber("maxTime", parent.MaxTime);
            json.WriteEndObject();
        });
        WriteIfTrue(json, "failed", meta.HasFailed);
        WriteList(json, "hints", meta.Hints, static (json, hint) => json.WriteStringValue(hint));
        json.WriteEndObject();
        json.WriteNumber("version", Version);
        json.WriteEndObject();
    }

    private static void WriteStats(Utf8JsonWriter json, BlockStats stats)
    {
        json.WriteStartObject("stats");
        WriteIfPositive(json, "numSamples", stats.Samples);
        WriteIfPositive(json, "numFloatSamples", stats.FloatSamples);
        WriteIfPositive(json, "numHistogramSamples", stats.HistogramSamples);
        WriteIfPositive(json, "numSeries", stats.Series);
        WriteIfPositive(json, "numChunks", stats.Chunks);
        WriteIfPositive(json, "numTombstones", stats.Tombstones);
        json.WriteEndObject();
    }

    private static BlockStats ReadStats(JsonElement stats) => new()
    {
        Samples = Number(stats, "numSamples"),
        FloatSamples = Number(stats, "numFloatSamples"),
        HistogramSamples = Number(stats, "numHistogramSamples"),
        Series = Number(stats, "numSeries"),
        Chunks = Number(stats, "numChunks"),
        Tombstones = Number(stats, "numTombstones"),
    };

    private static Ulid ReadUlid(string path, JsonElement element)
    {
        string? text = element.GetString();
        return Ulid.TryParse(text, out Ulid ulid) ? ulid : throw new CorruptionException(path, 0, $"\"{text}\" is not the name of a block, a ULID of 26 characters");
    }

    private static long Number(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : 0;

    private static bool IsTrue(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement value) && value.GetBoolean();

    private static List<T> List<T>(JsonElement parent, string name, Func<JsonElement, T> read)
    {
        var items = new List<T>();
        if (parent.TryGetProperty(name, out JsonElement array) && array.ValueKind != JsonValueKind.Null)
        {
            foreach (JsonElement item in array.EnumerateArray())
            {
                items.Add(read(item));
            }
        }

        return items;
    }

    private static void WriteIfPositive(Utf8JsonWriter json, string name, long value)
    {
        if (value > 0)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void WriteIfTrue(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, value);
        }
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }
}
