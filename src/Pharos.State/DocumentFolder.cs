using System.Text.Json;
using Pharos.Core.Contracts;

namespace Pharos.State;

/// <summary>All documents of one kind. Readers take the snapshot without waiting; writers take turns.</summary>
internal sealed class DocumentFolder : IDisposable
{
    /// <summary>A file changed twice within one tick of the file system's clock looks the same; so what is younger than this is read again.</summary>
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(2);

    private readonly string _folder;
    private readonly string _kind;
    private readonly TimeProvider _clock;
    private readonly FileDocumentStoreOptions _options;

    /// <summary>Guards the scan and every replacement of the snapshot.</summary>
    private readonly Lock _scan = new();

    /// <summary>One writer of this process at a time; <see cref="FolderLock"/> then keeps out the other processes.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    private volatile DocumentSnapshot? _snapshot;
    private long _lastScan;
    private long _scannedFolder; // the folder's time of change when it was last scanned
    private bool _leftoversRemoved;

    public DocumentFolder(string folder, string kind, TimeProvider clock, FileDocumentStoreOptions options)
    {
        _folder = folder;
        _kind = kind;
        _clock = clock;
        _options = options;
    }

    /// <summary>
    /// What is stored, at most <see cref="FileDocumentStoreOptions.RefreshInterval"/> old. What another process wrote or removed shows at once,
    /// since that changes the folder itself; what was edited in place shows after the interval.
    /// </summary>
    public DocumentSnapshot Current()
    {
        DocumentSnapshot? snapshot = _snapshot;
        if (snapshot is not null
            && _clock.GetElapsedTime(Interlocked.Read(ref _lastScan)) < _options.RefreshInterval
            && Interlocked.Read(ref _scannedFolder) == FolderChange())
        {
            return snapshot;
        }

        if (snapshot is null)
        {
            lock (_scan)
            {
                return _snapshot ?? Scan();
            }
        }

        // One caller looks, the others go on with what is known.
        if (!_scan.TryEnter())
        {
            return snapshot;
        }

        try
        {
            return Scan();
        }
        finally
        {
            _scan.Exit();
        }
    }

    public async ValueTask<Document> WriteAsync(string id, JsonElement content, long expectedVersion, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            AtomicFile.CreateFolder(_folder);
            using FolderLock turn = await FolderLock.AcquireAsync(_folder, _options.LockTimeout, _clock, cancellationToken).ConfigureAwait(false);
            return Write(turn, id, content, expectedVersion);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DocumentStoreException($"{PathOf(DocumentFileName.Of(id))} cannot be written: {exception.Message}", exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask<bool> DeleteAsync(string id, long expectedVersion, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!Directory.Exists(_folder))
            {
                return false;
            }

            using FolderLock turn = await FolderLock.AcquireAsync(_folder, _options.LockTimeout, _clock, cancellationToken).ConfigureAwait(false);
            return Delete(turn, id, expectedVersion);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DocumentStoreException($"{PathOf(DocumentFileName.Of(id))} cannot be removed: {exception.Message}", exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private Document Write(FolderLock turn, string id, JsonElement content, long expectedVersion)
    {
        string fileName = DocumentFileName.Of(id);
        DocumentSnapshot.Entry? stored = Check(fileName, id, expectedVersion);
        DocumentSnapshot snapshot = _snapshot!;
        if (stored is null && snapshot.Files.Count >= _options.MaxDocuments)
        {
            throw new DocumentStoreException($"{_folder}: there are {snapshot.Files.Count} documents, which is the limit");
        }

        long version = Math.Max(turn.ReadLastVersion(), snapshot.LastVersion) + 1;
        var document = new Document(_kind, id, version, _clock.GetUtcNow(), content.Clone());
        ReadOnlyMemory<byte> bytes = DocumentFile.Write(document);
        if (bytes.Length > _options.MaxDocumentBytes)
        {
            throw new DocumentStoreException($"{PathOf(fileName)}: {bytes.Length} bytes are over the limit of {_options.MaxDocumentBytes}");
        }

        turn.WriteLastVersion(version);
        AtomicFile.Write(PathOf(fileName), bytes);
        Replace(fileName, new DocumentSnapshot.Entry(StampOf(new FileInfo(PathOf(fileName))), document, null));
        return document;
    }

    private bool Delete(FolderLock turn, string id, long expectedVersion)
    {
        string fileName = DocumentFileName.Of(id);
        if (Check(fileName, id, expectedVersion) is not DocumentSnapshot.Entry stored)
        {
            return false;
        }

        turn.WriteLastVersion(Math.Max(turn.ReadLastVersion(), stored.Document?.Version ?? 0));
        AtomicFile.Delete(PathOf(fileName));
        Replace(fileName, null);
        return true;
    }

    /// <summary>Compares what the writer expects with what lies on the disk now; called within the turn.</summary>
    private DocumentSnapshot.Entry? Check(string fileName, string id, long expectedVersion)
    {
        if (!_leftoversRemoved)
        {
            AtomicFile.RemoveLeftovers(_folder);
            _leftoversRemoved = true;
        }

        Document? known = _snapshot is { } before && before.Files.TryGetValue(fileName, out DocumentSnapshot.Entry seen) ? seen.Document : null;
        DocumentSnapshot now;
        lock (_scan)
        {
            now = Scan();
        }

        DocumentSnapshot.Entry? stored = now.Files.TryGetValue(fileName, out DocumentSnapshot.Entry entry) ? entry : null;
        if (expectedVersion == DocumentVersion.Any)
        {
            return stored;
        }

        if (stored?.Problem is UnreadableDocument problem)
        {
            throw new DocumentConflictException($"{_kind} \"{id}\" cannot be read: {problem.Place}: {problem.Reason}");
        }

        long storedVersion = stored?.Document?.Version ?? DocumentVersion.Absent;
        if (storedVersion != expectedVersion)
        {
            throw new DocumentConflictException(expectedVersion == DocumentVersion.Absent
                ? $"{_kind} \"{id}\" exists already"
                : $"{_kind} \"{id}\" was changed by somebody else: expected version {expectedVersion}, found {storedVersion}");
        }

        // Edited by hand, without another version: what the writer has read is not what is there.
        if (known?.Version == storedVersion && !JsonElement.DeepEquals(known.Content, stored!.Value.Document!.Content))
        {
            throw new DocumentConflictException($"{_kind} \"{id}\" was changed by hand");
        }

        return stored;
    }

    private void Replace(string fileName, DocumentSnapshot.Entry? entry)
    {
        lock (_scan)
        {
            _snapshot = _snapshot!.With(fileName, entry);
        }
    }

    /// <summary>Looks at every file and reads those that changed. The caller holds <see cref="_scan"/>.</summary>
    private DocumentSnapshot Scan()
    {
        DocumentSnapshot before = _snapshot ?? DocumentSnapshot.Empty;
        long folderChange = FolderChange(); // before the files are looked at: what comes later makes another scan
        var files = new Dictionary<string, DocumentSnapshot.Entry>(StringComparer.Ordinal);
        bool changed = false;
        try
        {
            var folder = new DirectoryInfo(_folder);
            foreach (FileInfo file in folder.Exists ? folder.EnumerateFiles("*" + DocumentFileName.Extension) : [])
            {
                if (!DocumentFileName.IsDocument(file.Name))
                {
                    continue;
                }

                DocumentSnapshot.Entry? known = before.Files.TryGetValue(file.Name, out DocumentSnapshot.Entry entry) ? entry : null;
                DocumentSnapshot.Entry now = Look(file, known, files.Count >= _options.MaxDocuments);
                changed |= !IsSame(known, now);
                files.Add(file.Name, now);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DocumentStoreException($"{_folder} cannot be read: {exception.Message}", exception);
        }

        changed |= files.Count != before.Files.Count;
        var snapshot = new DocumentSnapshot(before.Revision + (changed ? 1 : 0), files);
        _snapshot = snapshot;
        Interlocked.Exchange(ref _scannedFolder, folderChange);
        Interlocked.Exchange(ref _lastScan, _clock.GetTimestamp());
        return snapshot;
    }

    /// <summary>When a file was last put into the folder or taken from it; a constant when there is no folder.</summary>
    private long FolderChange() => Directory.GetLastWriteTimeUtc(_folder).Ticks;

    private DocumentSnapshot.Entry Look(FileInfo file, DocumentSnapshot.Entry? known, bool isOverLimit)
    {
        DocumentSnapshot.FileStamp stamp = StampOf(file);
        if (known is DocumentSnapshot.Entry entry && entry.Stamp == stamp && stamp.IsSettled)
        {
            return entry;
        }

        try
        {
            if (isOverLimit || stamp.SizeBytes > _options.MaxDocumentBytes)
            {
                throw new FormatException(isOverLimit
                    ? $"there are more than {_options.MaxDocuments} documents"
                    : $"{stamp.SizeBytes} bytes are over the limit of {_options.MaxDocumentBytes}");
            }

            return new DocumentSnapshot.Entry(stamp, DocumentFile.Read(File.ReadAllBytes(file.FullName), _kind, file.Name), null);
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            return new DocumentSnapshot.Entry(stamp, null, new UnreadableDocument(_kind, file.FullName, exception.Message));
        }
    }

    private DocumentSnapshot.FileStamp StampOf(FileInfo file)
    {
        DateTime modified = file.Exists ? file.LastWriteTimeUtc : DateTime.MinValue;
        bool isSettled = (_clock.GetUtcNow().UtcDateTime - modified).Duration() > SettlingTime;
        return new DocumentSnapshot.FileStamp(modified, file.Exists ? file.Length : 0, isSettled);
    }

    private static bool IsSame(DocumentSnapshot.Entry? known, DocumentSnapshot.Entry now)
    {
        if (known is not DocumentSnapshot.Entry before)
        {
            return false;
        }

        if (ReferenceEquals(before.Document, now.Document) || before.Problem is not null || now.Problem is not null)
        {
            return before.Problem == now.Problem;
        }

        return before.Document!.Version == now.Document!.Version && JsonElement.DeepEquals(before.Document.Content, now.Document.Content);
    }

    private string PathOf(string fileName) => Path.Combine(_folder, fileName);
}
