using EndpointStats.Sink;

namespace EndpointStats.Hosting;

/// <summary>The two programs in this one: the application, and the receiver of its alerts for demonstrations.</summary>
internal static class Commands
{
    private const string SinkCommand = "sink";
    private const int Usage = 2;
    private const int Failure = 1;

    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>0 after a clean stop, 1 when it could not start, 2 when the flags are wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        bool isSink = args.Length > 0 && args[0] == SinkCommand;
        Flags flags;
        try
        {
            flags = Flags.Parse(isSink ? args[1..] : args, isSink ? Flags.OfSink : Flags.OfApplication, Environment.GetEnvironmentVariable);
        }
        catch (FlagException exception)
        {
            await error.WriteLineAsync($"endpoint-stats: {exception.Message}").ConfigureAwait(false);
            return Usage;
        }

        if (flags.IsHelp)
        {
            await output.WriteAsync(Flags.Help).ConfigureAwait(false);
            return 0;
        }

        WebApplication application = isSink ? SinkApplication.Build(flags) : SampleApplication.Build(flags);
        await using (application.ConfigureAwait(false))
        {
            return await RunAsync(application, isSink ? "The receiver" : "EndpointStats", output, error).ConfigureAwait(false);
        }
    }

    private static async Task<int> RunAsync(WebApplication application, string name, TextWriter output, TextWriter error)
    {
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            await error.WriteLineAsync($"endpoint-stats: {exception.Message}").ConfigureAwait(false);
            return Failure;
        }

        await output.WriteLineAsync($"{name} answers on {string.Join(' ', application.Urls)}").ConfigureAwait(false);
        await application.WaitForShutdownAsync().ConfigureAwait(false);
        return 0;
    }
}
