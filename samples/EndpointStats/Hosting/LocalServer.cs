namespace EndpointStats.Hosting;

/// <summary>What both programs' web servers have in common.</summary>
internal static class LocalServer
{
    private const long MaxRequestBytes = 1 << 20;

    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(3);

    /// <summary>A server on one address, which logs warnings only and is gone soon after it was told to stop.</summary>
    public static WebApplicationBuilder CreateBuilder(Flags flags, int defaultPort)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(flags.Address, flags.Port ?? defaultPort);
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.AddServerHeader = false;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = StopWithin);
        return builder;
    }
}
