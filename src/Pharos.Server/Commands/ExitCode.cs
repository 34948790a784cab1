namespace Pharos.Server.Commands;

/// <summary>What the process answers its caller.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command was understood and could not be done, or what it checked is wrong.</summary>
    public const int Failure = 1;

    /// <summary>The command line itself is wrong: nothing was tried.</summary>
    public const int Usage = 2;
}
