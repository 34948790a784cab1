namespace Pharos.Storage.Files;

/// <summary>One file of the store, open for writing. One user at a time.</summary>
internal interface IStoreFile : IDisposable
{
    /// <summary>Writes all bytes at the offset, or throws <see cref="IOException"/> having written any part of them.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts the file off.</summary>
    void SetLength(long length);

    /// <summary>Forces what was written to the disk.</summary>
    void Sync();
}
