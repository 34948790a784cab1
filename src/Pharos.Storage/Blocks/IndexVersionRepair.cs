using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Storage.Files;

namespace Pharos.Storage.Blocks;

/// <summary>
/// Mends what Prometheus 2.1 wrote: blocks whose description has version 2 and whose index, of version 2, says that it is of version 1. As upstream does when it opens a folder
/// (tsdb/repair.go), so that the blocks can be read by both afterwards.
/// </summary>
internal static class IndexVersionRepair
{
    private const int WrongVersion = 2;
    private const int VersionOffset = 4;
    private const int PartBytes = 1 << 20;

    /// <summary>Looks at the description of every block in the folder.</summary>
    /// <exception cref="IOException">A file cannot be read or written; the block is as before, or whole.</exception>
    public static void Run(IStoreFiles files, string folder, Action<TsdbMessage>? log)
    {
        foreach (string block in Directory.EnumerateDirectories(folder))
        {
            string path = Path.Combine(block, BlockMetaFile.Name);
            if (Ulid.TryParse(Path.GetFileName(block), out _) && File.Exists(path) && ReadWrong(path) is { } meta)
            {
                RewriteIndex(files, block);
                BlockMetaFile.Write(files, block, meta);
                log?.Invoke(new TsdbMessage(TsdbSeverity.Warning, $"{block}: the version of the index is mended, which Prometheus 2.1 wrote wrongly"));
            }
        }
    }

    // The description as it should be; null where it is not of that kind.
    private static BlockMeta? ReadWrong(string path)
    {
        try
        {
            JsonNode? root = JsonNode.Parse(File.ReadAllBytes(path));
            if (root is not JsonObject || (int?)root["version"] != WrongVersion)
            {
                return null;
            }

            root["version"] = 1;
            return BlockMetaFile.Parse(path, JsonSerializer.SerializeToUtf8Bytes(root));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or CorruptionException)
        {
            // Whoever opens the block says what is wrong with it.
            return null;
        }
    }

    private static void RewriteIndex(IStoreFiles files, string block)
    {
        string path = Path.Combine(block, IndexReader.Name);
        string repaired = path + ".repaired";
        files.Delete(repaired);
        using (FileStream source = File.OpenRead(path))
        using (IStoreFile target = files.Create(repaired))
        {
            byte[] part = new byte[PartBytes];
            long at = 0;
            for (int read; (read = source.Read(part)) > 0; at += read)
            {
                if (at == 0 && read > VersionOffset)
                {
                    part[VersionOffset] = WrongVersion;
                }

                target.Write(part.AsSpan(0, read), at);
            }

            target.Sync();
        }

        files.Move(repaired, path);
        files.SyncFolder(block);
    }
}
