namespace Pharos.Access;

/// <summary>What was asked cannot be done; the message says why and is meant for the person who asked. It holds no secret.</summary>
public sealed class AccessException : Exception
{
    /// <summary>One line.</summary>
    public AccessException(string message)
        : base(message)
    {
    }
}
