namespace Pharos.Server.Commands;

/// <summary><c>pharos promql format|explain</c>: what is done is named first, so that more can follow.</summary>
internal sealed class PromQLCommand : ICommand
{
    private const string Usage = $"{PromQLFormat.Usage}\n\n{PromQLExplain.Usage}";

    public string Name => "promql";

    public string Summary => "format an expression, or explain what it saw on a running server";

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        switch (args.FirstOrDefault())
        {
            case "format":
                return await PromQLFormat.RunAsync(args[1..], io, cancellationToken).ConfigureAwait(false);
            case "explain":
                return await PromQLExplain.RunAsync(args[1..], io, cancellationToken).ConfigureAwait(false);
            default:
                bool asksHelp = args.FirstOrDefault() is "--help" or "-h";
                await (asksHelp ? io.Out : io.Error).WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
                return asksHelp ? ExitCode.Success : ExitCode.Usage;
        }
    }
}
