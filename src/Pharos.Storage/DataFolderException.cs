namespace Pharos.Storage;

/// <summary>The data folder cannot be opened: another process holds it, or it has content that is not supported yet. The message names what.</summary>
public sealed class DataFolderException : Exception
{
    /// <summary>Takes the whole message.</summary>
    public DataFolderException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
