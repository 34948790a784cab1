using System.Globalization;
using Pharos.Storage.Files;

namespace Pharos.Storage.Blocks;

/// <summary>
/// The open blocks of a data folder, by first time. Readers take what they need from a list that never changes; a reload puts another in its place, so that neither waits for the
/// other. A block that leaves the list is closed when its last reader has gone; its folder is deleted at once. Usable from any thread; one reload at a time.
/// </summary>
/// <remarks>Rules: upstream's tsdb/db.go, reloadBlocks.</remarks>
internal sealed class BlockList : IDisposable
{
    private const string LegacySuffix = ".tmp";
    private readonly IStoreFiles _files;
    private readonly string _folder;
    private readonly Action<TsdbMessage>? _log;
    private readonly Lock _reload = new();
    private HashSet<string> _told = new(StringComparer.Ordinal);
    private HashSet<string> _telling = new(StringComparer.Ordinal);
    private Block[] _blocks = [];
    private long _reloads;
    private long _failures;
    private bool _closed;

    /// <summary>An empty list; <see cref="Reload"/> fills it.</summary>
    /// <param name="files">Deletes blocks.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="log">Takes what an operator should read.</param>
    public BlockList(IStoreFiles files, string folder, Action<TsdbMessage>? log)
    {
        _files = files;
        _folder = folder;
        _log = log;
    }

    /// <summary>The blocks of this moment. To read one it must be acquired: it may be closed meanwhile, except for who keeps reloads away.</summary>
    public IReadOnlyList<Block> Current => Volatile.Read(ref _blocks);

    /// <summary>
    /// Up to here, milliseconds, not included, the head was written to blocks, as far as blocks tell that were not made of samples that came late; <see cref="long.MinValue"/>
    /// without such a block. Upstream's rule: what the log holds of an earlier time is in a block, and nothing earlier is taken in order.
    /// </summary>
    public long EndOfCompacted => Current.Where(static block => !block.Meta.Hints.Any(Takes)).Select(static block => block.Meta.MaxTime).DefaultIfEmpty(long.MinValue).Max();

    /// <summary>Times that the folder was looked through.</summary>
    public long Reloads => Volatile.Read(ref _reloads);

    /// <summary>Those that failed, after which the list was as before.</summary>
    public long ReloadFailures => Volatile.Read(ref _failures);

    /// <summary>Removes what an interrupted process left of blocks being written or deleted.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void RemoveTemporary(IStoreFiles files, string folder)
    {
        foreach (string directory in Directory.EnumerateDirectories(folder, "*.tmp*"))
        {
            string name = Path.GetFileName(directory);
            string suffix = Path.GetExtension(name);
            if (suffix is BlockWriter.CreationSuffix or BlockWriter.DeletionSuffix or LegacySuffix && Ulid.TryParse(name[..^suffix.Length], out _))
            {
                files.DeleteFolder(directory);
            }
        }
    }

    /// <summary>Adds the blocks that may hold samples of the range, both ends included, by first time; each is held for the caller, who releases it.</summary>
    /// <exception cref="CorruptionException">A file of one was cut off while it was open.</exception>
    public void Acquire(long minTime, long maxTime, List<Block> blocks)
    {
        while (!TryAcquire(Volatile.Read(ref _blocks), minTime, maxTime, blocks))
        {
            // One was closed since the list was taken, so there is another list.
        }
    }

    /// <summary>
    /// Looks through the folder: opens what is new, closes and deletes what is to go: blocks that newer ones were made of, those that say so themselves, and those chosen.
    /// </summary>
    /// <param name="chooseDeletable">Names, of all blocks that can be opened, in no order, those that are to go; retention is one.</param>
    /// <exception cref="CorruptionException">A block is damaged and no newer one replaces it. The list is as before.</exception>
    /// <exception cref="IOException">The folder cannot be read; or a block that is to go is not in the list any more but cannot be deleted.</exception>
    public void Reload(Func<IReadOnlyList<Block>, IEnumerable<Ulid>>? chooseDeletable = null)
    {
        lock (_reload)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            Interlocked.Increment(ref _reloads);
            try
            {
                ReloadLocked(chooseDeletable);
            }
            catch
            {
                Interlocked.Increment(ref _failures);
                throw;
            }
            finally
            {
                (_told, _telling) = (_telling, _told);
                _telling.Clear();
            }
        }
    }

    /// <summary>Closes all blocks; those being read with their last readers.</summary>
    public void Dispose()
    {
        lock (_reload)
        {
            _closed = true;
            foreach (Block block in Interlocked.Exchange(ref _blocks, []))
            {
                block.Release();
            }
        }
    }

    // Blocks that hold a part of the series, or of the samples, of their time.
    private static bool Takes(string hint) => hint is BlockMeta.FromOutOfOrder or "from-stale-series" or "from-selected-series";

    // A reload a minute would say the same a minute: what the one before has told is not told again.
    private void Tell(TsdbSeverity severity, string text)
    {
        if (_telling.Add(text) && !_told.Contains(text))
        {
            _log?.Invoke(new TsdbMessage(severity, text));
        }
    }

    private static bool TryAcquire(Block[] list, long minTime, long maxTime, List<Block> blocks)
    {
        int before = blocks.Count;
        try
        {
            foreach (Block block in list)
            {
                if (!block.Overlaps(minTime, maxTime))
                {
                    continue;
                }

                if (!block.TryAcquire())
                {
                    ReleaseFrom(before, blocks);
                    return false;
                }

                blocks.Add(block);
                block.ThrowIfShortened();
            }
        }
        catch
        {
            ReleaseFrom(before, blocks);
            throw;
        }

        return true;
    }

    private static void ReleaseFrom(int first, List<Block> blocks)
    {
        for (int i = first; i < blocks.Count; i++)
        {
            blocks[i].Release();
        }

        blocks.RemoveRange(first, blocks.Count - first);
    }

    private void ReloadLocked(Func<IReadOnlyList<Block>, IEnumerable<Ulid>>? chooseDeletable)
    {
        Block[] before = _blocks;
        var open = new List<Block>();
        var damaged = new SortedDictionary<Ulid, CorruptionException>();
        var deletable = new HashSet<Ulid>();
        var kept = new List<Block>();
        try
        {
            OpenAll(before, open, damaged);
            foreach (Block block in open)
            {
                deletable.UnionWith(block.Meta.Parents.Select(static parent => parent.Ulid));
                if (block.Meta.IsDeletable)
                {
                    deletable.Add(block.Meta.Ulid);
                }
            }

            deletable.UnionWith(chooseDeletable?.Invoke(open) ?? []);
            Refuse(damaged, deletable);
            kept.AddRange(open.Where(block => !deletable.Contains(block.Meta.Ulid)));
            kept.Sort(static (x, y) => x.Meta.MinTime != y.Meta.MinTime ? x.Meta.MinTime.CompareTo(y.Meta.MinTime) : x.Meta.Ulid.CompareTo(y.Meta.Ulid));
        }
        catch
        {
            Close(open.Except(before));
            throw;
        }

        Volatile.Write(ref _blocks, [.. kept]);
        Close(open.Union(before).Except(kept));
        WarnOfOverlaps(kept);
        Delete(deletable);
    }

    private static void Close(IEnumerable<Block> blocks)
    {
        foreach (Block block in blocks.ToList())
        {
            block.Release();
        }
    }

    private void OpenAll(Block[] before, List<Block> open, SortedDictionary<Ulid, CorruptionException> damaged)
    {
        string[] folders = Directory.GetDirectories(_folder);
        Array.Sort(folders, StringComparer.Ordinal);
        foreach (string folder in folders)
        {
            if (!Ulid.TryParse(Path.GetFileName(folder), out Ulid name))
            {
                continue;
            }

            if (!File.Exists(Path.Combine(folder, BlockMetaFile.Name)))
            {
                Tell(TsdbSeverity.Error, $"{folder} is no block: it has no {BlockMetaFile.Name}; left out");
                continue;
            }

            if (Array.Find(before, block => string.Equals(block.Folder, folder, StringComparison.Ordinal)) is { } known)
            {
                open.Add(known);
                continue;
            }

            try
            {
                Add(open, new Block(folder));
            }
            catch (CorruptionException e)
            {
                damaged.Add(name, e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                damaged.Add(name, new CorruptionException(folder, 0, $"the block cannot be opened: {e.Message}"));
            }
        }
    }

    private void Add(List<Block> open, Block block)
    {
        if (open.Exists(other => other.Meta.Ulid == block.Meta.Ulid))
        {
            Tell(TsdbSeverity.Error, $"{block.Folder} describes the block {block.Meta.Ulid}, which is open already; left out");
            block.Release();
            return;
        }

        open.Add(block);
    }

    private void Refuse(SortedDictionary<Ulid, CorruptionException> damaged, HashSet<Ulid> deletable)
    {
        CorruptionException? first = null;
        foreach ((Ulid ulid, CorruptionException e) in damaged)
        {
            if (deletable.Contains(ulid))
            {
                Tell(TsdbSeverity.Warning, $"the block {ulid} is damaged and deleted, a newer one replaces it: {e.Message}");
                continue;
            }

            Tell(TsdbSeverity.Error, $"the block {ulid} is damaged: {e.Message}");
            first ??= e;
        }

        if (first is not null)
        {
            throw new CorruptionException(first.File, first.Offset, first.What);
        }
    }

    private void WarnOfOverlaps(List<Block> blocks)
    {
        foreach (BlockOverlap overlap in BlockOverlap.Find([.. blocks.Select(static block => block.Meta)]))
        {
            string names = string.Join(", ", overlap.Blocks.Select(static meta => meta.Ulid));
            Tell(TsdbSeverity.Warning, string.Create(CultureInfo.InvariantCulture, $"blocks overlap from {overlap.MinTime} to {overlap.MaxTime}: {names}"));
        }
    }

    // Renamed first: what a killed process leaves is no block any more.
    private void Delete(HashSet<Ulid> deletable)
    {
        foreach (Ulid ulid in deletable)
        {
            string folder = Path.Combine(_folder, ulid.ToString());
            if (Directory.Exists(folder))
            {
                string temporary = folder + BlockWriter.DeletionSuffix;
                _files.DeleteFolder(temporary);
                _files.Move(folder, temporary);
                _files.DeleteFolder(temporary);
                _log?.Invoke(new TsdbMessage(TsdbSeverity.Information, $"block deleted: {ulid}"));
            }
        }
    }
}
