using System.Globalization;
using Pharos.Storage.Native;

namespace Pharos.Storage.Backfill;

/// <summary>A file as one text, mapped and not read: pages of it come and go as it is walked. Unchanged as long as nobody else writes to it.</summary>
public sealed class MappedText : IDisposable
{
    private readonly MappedFile _file;

    /// <summary>Maps a file.</summary>
    /// <exception cref="IOException">It cannot be opened or mapped, or is 2 GiB or longer.</exception>
    public MappedText(string path)
    {
        _file = new MappedFile(path);
        if (_file.Length > int.MaxValue)
        {
            long length = _file.Length;
            _file.Dispose();
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{path} has {length} bytes, at most {int.MaxValue} are read at once: split it, with # EOF at the end of each part"));
        }
    }

    /// <summary>The whole text; valid until the file is disposed.</summary>
    public ReadOnlySpan<byte> Span => _file.Slice(0, (int)_file.Length);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
