namespace Pharos.Core.Contracts;

/// <summary>The store could not do it: no space, no rights, a limit, a lock that somebody keeps. The document is as it was before.</summary>
public sealed class DocumentStoreException : Exception
{
    /// <summary>Says what could not be done, and where.</summary>
    public DocumentStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
