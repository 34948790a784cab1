namespace Pharos.Server.Flags;

/// <summary>The command line cannot be understood. The message is one line for the user.</summary>
internal sealed class FlagException : Exception
{
    public FlagException(string message, int exitCode)
        : base(message)
    {
        ExitCode = exitCode;
    }

    /// <summary>Upstream's: 1 where the words make no sense, 2 where a value is wrong.</summary>
    public int ExitCode { get; }
}
