using Pharos.Core.Contracts;

namespace Pharos.State;

/// <summary>All files of one kind as last seen. Immutable; replaced whole.</summary>
/// <param name="revision">Another one for every difference.</param>
/// <param name="files">By file name.</param>
internal sealed class DocumentSnapshot(long revision, IReadOnlyDictionary<string, DocumentSnapshot.Entry> files)
{
    private DocumentList? _list;

    public static DocumentSnapshot Empty { get; } = new(0, new Dictionary<string, Entry>());

    public long Revision => revision;

    public IReadOnlyDictionary<string, Entry> Files => files;

    /// <summary>The highest version of any readable document, 0 without one.</summary>
    public long LastVersion
    {
        get
        {
            long last = 0;
            foreach (Entry entry in files.Values)
            {
                last = Math.Max(last, entry.Document?.Version ?? 0);
            }

            return last;
        }
    }

    /// <exception cref="DocumentUnreadableException">The file is there and broken.</exception>
    public Document? Find(string fileName)
    {
        if (!files.TryGetValue(fileName, out Entry entry))
        {
            return null;
        }

        return entry.Problem is null ? entry.Document : throw new DocumentUnreadableException(entry.Problem);
    }

    public DocumentList ToList() => _list ??= MakeList();

    /// <summary>The same with one file replaced, or removed by null.</summary>
    public DocumentSnapshot With(string fileName, Entry? entry)
    {
        var changed = new Dictionary<string, Entry>(files, StringComparer.Ordinal);
        if (entry is Entry present)
        {
            changed[fileName] = present;
        }
        else
        {
            changed.Remove(fileName);
        }

        return new DocumentSnapshot(revision + 1, changed);
    }

    private DocumentList MakeList()
    {
        var documents = new List<Document>(files.Count);
        var unreadable = new List<UnreadableDocument>();
        foreach (Entry entry in files.Values)
        {
            if (entry.Problem is not null)
            {
                unreadable.Add(entry.Problem);
            }
            else
            {
                documents.Add(entry.Document!);
            }
        }

        documents.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        unreadable.Sort(static (a, b) => string.CompareOrdinal(a.Place, b.Place));
        return new DocumentList(revision, documents, unreadable);
    }

    /// <summary>One file. Exactly one of <paramref name="Document"/> and <paramref name="Problem"/> is there.</summary>
    /// <param name="Stamp">What the file system said about it.</param>
    /// <param name="Document">Its content.</param>
    /// <param name="Problem">Why it has none.</param>
    internal readonly record struct Entry(FileStamp Stamp, Document? Document, UnreadableDocument? Problem);

    /// <param name="Modified">As reported by the file system, whose clock ticks every few milliseconds.</param>
    /// <param name="SizeBytes">Its length.</param>
    /// <param name="IsSettled">Whether the change lies so far back that a second one would show as another <paramref name="Modified"/>.</param>
    internal readonly record struct FileStamp(DateTime Modified, long SizeBytes, bool IsSettled);
}
