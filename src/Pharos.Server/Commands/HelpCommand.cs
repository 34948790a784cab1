using System.Globalization;
using System.Text;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary><c>pharos help [COMMAND]</c>: the commands and, for <c>serve</c>, its flags.</summary>
internal sealed class HelpCommand : ICommand
{
    private readonly Func<IReadOnlyList<ICommand>> _commands;

    public HelpCommand(Func<IReadOnlyList<ICommand>> commands)
    {
        _commands = commands;
    }

    public string Name => "help";

    public string Summary => "show this, or the help of one command";

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        if (args.Length > 0 && !args[0].StartsWith('-') && args[0] != "serve")
        {
            ICommand? command = _commands().FirstOrDefault(command => command.Name == args[0]);
            if (command is null)
            {
                await io.Error.WriteLineAsync($"pharos: there is no command {args[0]}".AsMemory(), cancellationToken).ConfigureAwait(false);
                return ExitCode.Usage;
            }

            return await command.RunAsync(["--help"], io, cancellationToken).ConfigureAwait(false);
        }

        await io.Out.WriteAsync(Print().AsMemory(), cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private string Print()
    {
        var text = new StringBuilder("usage: pharos [serve] [FLAGS] [FOLDER]\n       pharos COMMAND ...\n\n");
        text.Append("The monitoring server. With a folder or --config.file it takes that configuration,\n");
        text.Append("with neither it watches itself and this host.\n\nCommands:\n");
        foreach (ICommand command in _commands())
        {
            text.Append(CultureInfo.InvariantCulture, $"  {command.Name,-10} {command.Summary}\n");
        }

        text.Append("\nFlags of serve:\n");
        text.Append("  -h, --help                      Show this.\n  --version                       Say which build this is.\n");
        text.Append(FlagHelp.Print(FlagCatalog.Serve));
        return text.ToString();
    }
}
