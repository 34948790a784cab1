using System.Runtime.InteropServices;
using Pharos.Access;
using Pharos.Server.Flags;
using Pharos.Server.Http;
using Pharos.Server.Lifecycle;
using Pharos.Server.Logging;
using Pharos.Server.Options;

namespace Pharos.Server.Commands;

/// <summary><c>pharos serve [FLAGS] [FOLDER]</c>: runs the server until a signal or <c>/-/quit</c> ends it.</summary>
internal sealed partial class ServeCommand : ICommand
{
    public string Name => "serve";

    public string Summary => "run the server; meant when no command is given";

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        ServerOptions options;
        try
        {
            options = ServerOptionsReader.Read(args);
        }
        catch (FlagException exception)
        {
            await io.Error.WriteLineAsync($"Error parsing command line arguments: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return exception.ExitCode;
        }

        using var provider = new SlogLoggerProvider(new LogSink(Console.OpenStandardError(), options.LogFormat, options.LogLevel, io.Clock));
        using var loggers = new LoggerFactory([provider], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        ILogger<ServeCommand> logger = loggers.CreateLogger<ServeCommand>();
        WarnOfFlags(options.Flags, logger);
        WarnOfFeatures(options.Features, logger);
        try
        {
            return await ServeAsync(options, loggers, logger, io, cancellationToken).ConfigureAwait(false);
        }
        catch (StartException exception)
        {
            Log.CannotStart(logger, exception.Message);
            return exception.ExitCode;
        }
        catch (Exception exception) when (exception is ListenException or AccessException)
        {
            Log.CannotStart(logger, exception.Message);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.Stopping(logger, "a signal, before the start was complete");
            return ExitCode.Success;
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
            return ExitCode.Failure;
        }
    }

    private static async Task<int> ServeAsync(
        ServerOptions options, ILoggerFactory loggers, ILogger logger, CommandIo io, CancellationToken cancellationToken)
    {
        var server = new PharosServer(options, loggers, io.Clock);
        await using (server.ConfigureAwait(false))
        {
            // Until the server is ready the configuration is being read anyway; without a handler the signal would end the process.
            bool isReady = false;
            using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                if (Volatile.Read(ref isReady))
                {
                    _ = Task.Run(() => server.ReloadAsync(CancellationToken.None), CancellationToken.None);
                }
            });
            try
            {
                await server.StartAsync(io.IsOutputTerminal, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                // The admin is made by now, whatever failed after it, and the password cannot be shown again.
                await ShowAsync(server.FirstStart, io).ConfigureAwait(false);
            }

            Volatile.Write(ref isReady, true);
            var end = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            using CancellationTokenRegistration signal = cancellationToken.Register(() => end.TrySetResult("a signal"));
            using CancellationTokenRegistration quit = server.StopRequested.Register(() => end.TrySetResult("a request to /-/quit"));
            string reason = await end.Task.ConfigureAwait(false);
            Log.Stopping(logger, reason);
            await server.StopAsync().ConfigureAwait(false);
        }

        return ExitCode.Success;
    }

    private static async Task ShowAsync(FirstStartNotice? notice, CommandIo io)
    {
        if (notice?.Password is { } password)
        {
            string text = $"\nSign in as {notice.UserName} with the password {password}\nIt is shown only this once.\n";
            await io.Out.WriteLineAsync(text).ConfigureAwait(false);
        }
    }

    private static void WarnOfFlags(FlagValues flags, ILogger logger)
    {
        foreach (FlagDefinition flag in flags.Given)
        {
            if (flag.NoEffect is { } reason)
            {
                Log.NoEffect(logger, "--" + flag.Name, reason);
            }
        }
    }

    private static void WarnOfFeatures(IReadOnlySet<string> features, ILogger logger)
    {
        foreach (string feature in features)
        {
            if (!FeatureNames.IsKnown(feature))
            {
                string nearest = NearestName.Find(feature, FeatureNames.All) ?? "none";
                Log.UnknownFeature(logger, feature, nearest);
            }
            else if (FeatureNames.NoEffect(feature) is { } reason)
            {
                Log.NoEffect(logger, $"--enable-feature={feature}", reason);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A flag has no effect")]
        public static partial void NoEffect(ILogger logger, string flag, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Unknown option for --enable-feature")]
        public static partial void UnknownFeature(ILogger logger, string option, string nearest);

        [LoggerMessage(Level = LogLevel.Error, Message = "Cannot start")]
        public static partial void CannotStart(ILogger logger, string err);

        [LoggerMessage(Level = LogLevel.Error, Message = "The server failed: this is a fault of Pharos")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Exiting gracefully...")]
        public static partial void Stopping(ILogger logger, string reason);
    }
}
