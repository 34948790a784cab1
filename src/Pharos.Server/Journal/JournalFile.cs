using System.Buffers;
using Pharos.Core.Contracts;

namespace Pharos.Server.Journal;

/// <summary>
/// The file of the journal: lines are appended, and when it has grown too long it is replaced by what is kept. A line that was torn by a crash or by a full
/// disk is cut off before the next one is written. Not thread-safe; one process at a time, which the store's lock of the data folder sees to.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly long _maxBytes;
    private FileStream? _file;

    /// <summary>Where the last whole line ends.</summary>
    private long _end;

    public JournalFile(string path, long maxBytes)
    {
        _path = path;
        _maxBytes = maxBytes;
    }

    /// <summary>Whether it should be rewritten.</summary>
    public bool IsTooLong => _end > _maxBytes;

    /// <summary>
    /// The entries of the file from its oldest on, and how many lines were none. Of a file that is longer than it may be, only its end is read.
    /// Called before anything is appended.
    /// </summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is another one's.</exception>
    public (List<JournalEntry> Entries, int Unreadable) Read()
    {
        FileStream file = Open();
        long from = Math.Max(0, file.Length - (2 * _maxBytes));
        byte[] content = new byte[file.Length - from];
        file.Position = from;
        file.ReadExactly(content);
        int end = content.AsSpan().LastIndexOf((byte)'\n') + 1;
        _end = from + end;
        int start = from > 0 ? content.AsSpan().IndexOf((byte)'\n') + 1 : 0;
        var entries = new List<JournalEntry>();
        int unreadable = end < content.Length ? 1 : 0;
        while (start < end)
        {
            int length = content.AsSpan(start).IndexOf((byte)'\n');
            JournalEntry? entry = length <= JournalLine.MaxBytes ? JournalLine.Read(content.AsMemory(start, length)) : null;
            if (entry is not null)
            {
                entries.Add(entry);
            }
            else
            {
                unreadable++;
            }

            start += length + 1;
        }

        return (entries, unreadable);
    }

    /// <summary>Appends whole lines and forces them to the disk.</summary>
    /// <exception cref="IOException">The disk refuses; then nothing was appended.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is another one's.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        FileStream file = Open();
        if (file.Length != _end)
        {
            file.SetLength(_end);
        }

        file.Position = _end;
        file.Write(lines);
        file.Flush(flushToDisk: true);
        _end += lines.Length;
    }

    /// <summary>Puts a file with these entries in the place of the present one: whoever starts after a crash reads the one or the other.</summary>
    /// <exception cref="IOException">The disk refuses; the present file stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is another one's.</exception>
    public void Rewrite(IEnumerable<JournalEntry> entries)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (JournalEntry entry in entries)
        {
            JournalLine.Write(lines, entry);
        }

        string temporary = _path + ".tmp";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, Options(FileMode.CreateNew)))
        {
            file.Write(lines.WrittenSpan);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
        Dispose();
        _end = lines.WrittenCount;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private FileStream Open()
    {
        if (_file is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!, OwnerOnly | UnixFileMode.UserExecute);
            _file = new FileStream(_path, Options(FileMode.OpenOrCreate));
        }

        return _file;
    }

    private static FileStreamOptions Options(FileMode mode) =>
        new() { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0, UnixCreateMode = OwnerOnly };
}
