namespace Pharos.Storage.Blocks;

/// <summary>A walk over texts, for one user.</summary>
internal interface ISymbolCursor : IDisposable
{
    /// <summary>Goes to the next, or says that there is none.</summary>
    bool MoveNext();

    /// <summary>UTF-8, valid until the next move.</summary>
    ReadOnlySpan<byte> Current { get; }
}
