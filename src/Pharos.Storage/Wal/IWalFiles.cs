namespace Pharos.Storage.Wal;

/// <summary>The file operations by which the log is written, so that tests can let them fail.</summary>
internal interface IWalFiles
{
    /// <summary>Makes a new file; it must not exist.</summary>
    IWalFile Create(string path);
}

/// <summary>One file of the log, open for writing. One user at a time.</summary>
internal interface IWalFile : IDisposable
{
    /// <summary>Writes all bytes at the offset, or throws <see cref="IOException"/> having written any part of them.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts the file off.</summary>
    void SetLength(long length);

    /// <summary>Forces what was written to the disk.</summary>
    void Sync();
}
