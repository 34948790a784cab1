using System.Runtime.InteropServices;
using Pharos.Server.Commands;

namespace Pharos.Server;

/// <summary>The process: its commands, and the signals that end it.</summary>
internal static class PharosProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var line = new CommandLine(
        [
            new ServeCommand(),
            new CheckCommand(),
            new QueryCommand(),
            new PromQLCommand(),
            new ExportCommand(),
            new UserCommand(),
            new TokenCommand(),
            new TsdbCommand(),
            new BackupCommand(),
            new RestoreCommand(),
        ]);
        try
        {
            return await line.RunAsync(args, CommandIo.ForProcess(), stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Failure;
        }
    }
}
