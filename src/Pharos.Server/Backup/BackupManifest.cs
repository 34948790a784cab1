using System.Text.Json;

namespace Pharos.Server.Backup;

/// <summary><c>manifest.json</c>, the last entry of a backup: without it the backup is not whole. Format: docs/formats/backup.md.</summary>
internal sealed record BackupManifest
{
    /// <summary>Its name in the backup.</summary>
    public const string Name = "manifest.json";

    /// <summary>Files of the data folder are below it.</summary>
    public const string DataFolder = "data/";

    /// <summary>Files of the configuration are below it, under their absolute paths.</summary>
    public const string ConfigurationFolder = "configuration/";

    /// <summary>Bytes of a manifest at most.</summary>
    public const int MaxBytes = 256 << 20;

    private const int Version = 1;
    private static readonly JsonWriterOptions Format = new() { Indented = true };

    /// <summary>Which build wrote it.</summary>
    public required string Writer { get; init; }

    /// <summary>When it was begun, UTC: everything acknowledged before is in it.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>In the order of the backup.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            json.WriteNumber("version"u8, Version);
            json.WriteString("writer"u8, Writer);
            json.WriteString("begunAt"u8, BegunAt);
            json.WriteStartArray("files"u8);
            foreach (BackupFile file in Files)
            {
                json.WriteStartObject();
                json.WriteString("path"u8, file.Path);
                json.WriteNumber("size"u8, file.SizeBytes);
                json.WriteString("sha256"u8, file.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">It is none, or of a version that is not known.</exception>
    public static BackupManifest Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement root = document.RootElement;
            int version = root.GetProperty("version").GetInt32();
            if (version != Version)
            {
                throw new InvalidDataException($"{Name} is of version {version}, {Version} is known");
            }

            return new BackupManifest
            {
                Writer = root.GetProperty("writer").GetString() ?? "",
                BegunAt = root.GetProperty("begunAt").GetDateTimeOffset(),
                Files = [.. root.GetProperty("files").EnumerateArray().Select(ReadFile)],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{Name} cannot be read: {e.Message}", e);
        }
    }

    private static BackupFile ReadFile(JsonElement file) => new(
        CheckPath(file.GetProperty("path").GetString() ?? ""), file.GetProperty("size").GetInt64(), file.GetProperty("sha256").GetString() ?? "");

    /// <summary>A path that stays below the folder that it is restored to.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static string CheckPath(string path)
    {
        bool isBelow = path.StartsWith(DataFolder, StringComparison.Ordinal) || path.StartsWith(ConfigurationFolder, StringComparison.Ordinal);
        return isBelow && !path.Contains('\0', StringComparison.Ordinal) && !path.Split('/').Any(static part => part is "" or "." or "..")
            ? path
            : throw new InvalidDataException($"\"{path}\" is no path of a backup");
    }
}
