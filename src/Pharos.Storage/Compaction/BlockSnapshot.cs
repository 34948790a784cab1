using Pharos.Storage.Blocks;
using Pharos.Storage.Files;

namespace Pharos.Storage.Compaction;

/// <summary>Copies of blocks as second names of their files, which never change: it costs no room and no time.</summary>
internal static class BlockSnapshot
{
    /// <summary>Links the files of a block into a folder of its name below the target, which is on the same disk.</summary>
    /// <exception cref="IOException">A link cannot be made.</exception>
    public static void Link(IStoreFiles files, Block block, string target)
    {
        string folder = Path.Combine(target, Path.GetFileName(block.Folder));
        string chunks = Path.Combine(folder, BlockWriter.ChunksFolder);
        files.CreateFolder(chunks);
        foreach (string name in (ReadOnlySpan<string>)[BlockMetaFile.Name, IndexWriter.FileName, TombstoneFile.Name])
        {
            string source = Path.Combine(block.Folder, name);
            if (File.Exists(source))
            {
                files.Link(source, Path.Combine(folder, name));
            }
        }

        foreach (string segment in Directory.GetFiles(Path.Combine(block.Folder, BlockWriter.ChunksFolder)))
        {
            files.Link(segment, Path.Combine(chunks, Path.GetFileName(segment)));
        }

        files.SyncFolder(chunks);
        files.SyncFolder(folder);
    }
}
