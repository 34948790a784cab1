namespace Pharos.Core.Contracts;

/// <summary>The store cannot take or give data now: its disk is full or failing, a file is damaged, or it is closed. Callers answer 503 and may try again.</summary>
public class StorageUnavailableException : Exception
{
    /// <summary>Says what cannot be done and where.</summary>
    public StorageUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
