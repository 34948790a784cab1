namespace Pharos.Server.Commands;

/// <summary><c>pharos check config FOLDER|FILE…</c> and <c>pharos check rules FILE…</c>: what is checked comes first, so that more can follow.</summary>
internal sealed class CheckCommand : ICommand
{
    private const string Usage = "usage: pharos check config FOLDER|FILE...\n       pharos check rules [FLAGS] [FILE...]";

    public string Name => "check";

    public string Summary => "check configuration: each file is recognised by what it is";

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        bool asksHelp = args.Length > 0 && args[^1] is "--help" or "-h";
        switch (asksHelp ? "" : args.FirstOrDefault())
        {
            case "config":
                return await new CheckConfigCommand().RunAsync(args[1..], io.Out, io.Error).ConfigureAwait(false);
            case "rules":
                return await new CheckRulesCommand().RunAsync(args[1..], io, cancellationToken).ConfigureAwait(false);
            default:
                await (asksHelp ? io.Out : io.Error).WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
                return asksHelp ? ExitCode.Success : ExitCode.Usage;
        }
    }
}
