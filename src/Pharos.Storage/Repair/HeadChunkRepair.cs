using Pharos.Storage.HeadChunks;

namespace Pharos.Storage.Repair;

/// <summary>
/// Looks after the files of head chunks. The logs have all samples that they hold, so where they cannot be opened they are set aside as a whole; a damaged record is cut off by
/// opening itself.
/// </summary>
internal sealed class HeadChunkRepair
{
    private readonly RepairJournal _journal;

    public HeadChunkRepair(RepairJournal journal)
    {
        _journal = journal;
    }

    public void Run(string folder)
    {
        if (!Directory.Exists(folder) || Find(folder) is not { } damage)
        {
            return;
        }

        _journal.Add(damage.File, damage.Offset, damage.What, $"all head chunks go to {_journal.Name}/{_journal.Short(folder)}; nothing is lost, the logs have their samples");
        _journal.SetAside(folder);
    }

    private static CorruptionException? Find(string folder)
    {
        List<int> files = ChunkFiles.List(folder);
        for (int i = 0; i < files.Count; i++)
        {
            if (i > 0 && files[i] != files[i - 1] + 1)
            {
                return new CorruptionException(ChunkFiles.Path(folder, files[i - 1] + 1), 0, "the file is missing");
            }

            string path = ChunkFiles.Path(folder, files[i]);
            if (i == files.Count - 1 && new FileInfo(path).Length == 0)
            {
                continue;
            }

            try
            {
                new ChunkFileReader(path).Dispose();
            }
            catch (CorruptionException e)
            {
                return e;
            }
        }

        return null;
    }
}
