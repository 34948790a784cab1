namespace Pharos.Server.Commands;

internal sealed class VersionCommand : ICommand
{
    public string Name => "version";

    public string Summary => "say which build this is";

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        await io.Out.WriteLineAsync(BuildInfo.Banner.AsMemory(), cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }
}
