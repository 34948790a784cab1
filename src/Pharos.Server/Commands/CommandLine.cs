using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary>Chooses the command: its name comes first; without one, <c>serve</c> is meant, so that Prometheus' command lines work unchanged.</summary>
internal sealed class CommandLine
{
    private static readonly string[] HelpWords = ["-h", "--help", "--help-long", "--help-man"];

    public CommandLine(IEnumerable<ICommand> commands)
    {
        Commands = [.. commands, new VersionCommand(), new HelpCommand(() => Commands ?? [])];
    }

    public IReadOnlyList<ICommand> Commands { get; }

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        string word = args.Length > 0 ? args[0] : "serve";
        bool isServe = word.StartsWith('-') || word == "serve";
        if (isServe && args.TakeWhile(static arg => arg != "--").Any(static arg => HelpWords.Contains(arg)))
        {
            return await RunAsync("help", [], io, cancellationToken).ConfigureAwait(false);
        }

        if (isServe && args.Contains("--version"))
        {
            return await RunAsync("version", [], io, cancellationToken).ConfigureAwait(false);
        }

        return word.StartsWith('-')
            ? await RunAsync("serve", args, io, cancellationToken).ConfigureAwait(false)
            : await RunAsync(word, [.. args.Skip(1)], io, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> RunAsync(string name, string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        ICommand? command = Commands.FirstOrDefault(command => command.Name == name);
        if (command is not null)
        {
            return await command.RunAsync(args, io, cancellationToken).ConfigureAwait(false);
        }

        string? nearest = NearestName.Find(name, Commands.Select(static command => command.Name));
        string hint = nearest is null ? "see pharos --help" : $"did you mean {nearest}?";
        await io.Error.WriteLineAsync($"pharos: there is no command {name}: {hint}".AsMemory(), cancellationToken).ConfigureAwait(false);
        return ExitCode.Usage;
    }
}
