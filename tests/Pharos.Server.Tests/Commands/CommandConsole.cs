using System.Text;
using Pharos.Server.Commands;
using Pharos.Testing;

namespace Pharos.Server.Tests.Commands;

/// <summary>A terminal, or a pipe, made of strings.</summary>
internal sealed class CommandConsole
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly Queue<string> _typed = [];

    public ManualTimeProvider Clock { get; } = new();

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    /// <summary>Runs a command with what comes through a pipe.</summary>
    public Task<int> PipeAsync(ICommand command, string input, params string[] args)
        => command.RunAsync(args, new CommandIo(new StringReader(input), new StringWriter(_out), new StringWriter(_error), Clock), CancellationToken.None);

    /// <summary>Runs a command before a person who types these lines unseen.</summary>
    public Task<int> TypeAsync(ICommand command, string[] typed, params string[] args)
    {
        foreach (string line in typed)
        {
            _typed.Enqueue(line);
        }

        var io = new CommandIo(TextReader.Null, new StringWriter(_out), new StringWriter(_error), Clock)
        {
            IsInputTerminal = true,
            IsOutputTerminal = true,
            ReadHiddenLine = () => _typed.TryDequeue(out string? line) ? line : null,
        };
        return command.RunAsync(args, io, CancellationToken.None);
    }
}
