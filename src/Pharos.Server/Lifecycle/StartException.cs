namespace Pharos.Server.Lifecycle;

/// <summary>The server cannot start. The message is one line that names what to change.</summary>
internal sealed class StartException : Exception
{
    public StartException(string message, int exitCode, Exception? inner = null)
        : base(message, inner)
    {
        ExitCode = exitCode;
    }

    /// <summary>Upstream's: 2 where the configuration is wrong, 1 otherwise.</summary>
    public int ExitCode { get; }
}
