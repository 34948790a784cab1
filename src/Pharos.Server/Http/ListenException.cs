namespace Pharos.Server.Http;

/// <summary>An address cannot be listened on: it is taken, not ours, or not to be resolved. The message is one line and names it.</summary>
internal sealed class ListenException : Exception
{
    public ListenException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
