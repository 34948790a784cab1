namespace Pharos.Server.Commands;

/// <summary>What a command may read from and write to. Tests give it strings.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output: the answer and nothing else, so that it can be piped.</param>
/// <param name="Error">Standard error: messages for people.</param>
/// <param name="Clock">The clock of the command.</param>
internal sealed record CommandIo(TextReader In, TextWriter Out, TextWriter Error, TimeProvider Clock)
{
    /// <summary>Whether somebody sits at standard input, who can be asked.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether somebody watches standard output, to whom a secret may be shown.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Reads one line without showing it; asked only when <see cref="IsInputTerminal"/>. Null at the end of the input.</summary>
    public Func<string?> ReadHiddenLine { get; init; } = static () => null;

    /// <summary>The process' own terminal.</summary>
    public static CommandIo ForProcess() => new(Console.In, Console.Out, Console.Error, TimeProvider.System)
    {
        IsInputTerminal = !Console.IsInputRedirected,
        IsOutputTerminal = !Console.IsOutputRedirected,
        ReadHiddenLine = HiddenLine.Read,
    };
}
