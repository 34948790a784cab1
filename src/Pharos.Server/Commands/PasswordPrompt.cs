using Pharos.Access;

namespace Pharos.Server.Commands;

/// <summary>Takes a new password: twice and unseen from a person, else the first line of standard input. Never from the command line, which everybody sees.</summary>
internal static class PasswordPrompt
{
    /// <exception cref="AccessException">None came, or the two differ.</exception>
    public static async Task<string> ReadAsync(string userName, CommandIo io, CancellationToken cancellationToken)
    {
        if (!io.IsInputTerminal)
        {
            string? line = await io.In.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            return line ?? throw new AccessException("no password on standard input: expected one line");
        }

        string first = await AskAsync($"New password of {userName}: ", io, cancellationToken).ConfigureAwait(false);
        string second = await AskAsync("Once more: ", io, cancellationToken).ConfigureAwait(false);
        return first == second ? first : throw new AccessException("the two passwords differ: nothing was changed");
    }

    private static async Task<string> AskAsync(string question, CommandIo io, CancellationToken cancellationToken)
    {
        await io.Error.WriteAsync(question.AsMemory(), cancellationToken).ConfigureAwait(false);
        await io.Error.FlushAsync(cancellationToken).ConfigureAwait(false);
        string? line = io.ReadHiddenLine();
        await io.Error.WriteLineAsync(ReadOnlyMemory<char>.Empty, cancellationToken).ConfigureAwait(false);
        return line ?? throw new AccessException("no password given: nothing was changed");
    }
}
