namespace Pharos.Server.Commands;

/// <summary>A subcommand of <c>pharos</c>.</summary>
internal interface ICommand
{
    /// <summary>The word that selects it: <c>user</c> in <c>pharos user add</c>.</summary>
    string Name { get; }

    /// <summary>One line for <c>pharos --help</c>, without a full stop.</summary>
    string Summary { get; }

    /// <param name="args">What follows the command's own name.</param>
    /// <param name="io">The only way to the terminal: a command never touches <see cref="Console"/>.</param>
    /// <param name="cancellationToken">Set by SIGINT and SIGTERM; the command then ends soon, by an exception of cancellation or by itself.</param>
    /// <returns>One of <see cref="ExitCode"/>. A failure that the user can understand is written to <see cref="CommandIo.Error"/>, not thrown.</returns>
    Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken);
}
