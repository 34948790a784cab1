using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace EndpointStats.Traffic;

/// <summary>Visits the application over real HTTP from when it has started until it stops.</summary>
internal sealed partial class TrafficGenerator(
    TrafficSwitch traffic, TrafficShape shape, IServer server, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<TrafficGenerator> logger) : BackgroundService
{
    // More at once are no visitors but an attack on oneself: those that come then stay away.
    private const int MaxInFlight = 256;

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly SemaphoreSlim _inFlight = new(MaxInFlight);

    public override void Dispose()
    {
        _inFlight.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await HasStartedAsync(stoppingToken).ConfigureAwait(false))
        {
            return;
        }

        using var client = new HttpClient { BaseAddress = OwnAddress(), Timeout = Patience };
        try
        {
            await VisitAsync(client, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.Stopped(logger);
        }
    }

    // What is bound to every address is reached on loopback.
    private Uri OwnAddress()
    {
        var bound = new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        bool isAny = IPAddress.TryParse(bound.Host.Trim('[', ']'), out IPAddress? address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        return isAny ? new UriBuilder(bound) { Host = "localhost" }.Uri : bound;
    }

    private async Task VisitAsync(HttpClient client, CancellationToken stoppingToken)
    {
        long started = clock.GetTimestamp();
        double due = 0;
        while (true)
        {
            double rate = traffic.Settings.Rate * TrafficShape.Level(due);
            double now = clock.GetElapsedTime(started).TotalSeconds;
            if (rate <= 0)
            {
                await Task.Delay(Idle, clock, stoppingToken).ConfigureAwait(false);
                due = now;
                continue;
            }

            // A timer is late by milliseconds: who is due since then comes at once, unless the whole process slept.
            due = Math.Max(due, now - 1) + shape.NextPause(rate);
            if (due > now)
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(due - now, 1)), clock, stoppingToken).ConfigureAwait(false);
            }

            if (await _inFlight.WaitAsync(TimeSpan.Zero, stoppingToken).ConfigureAwait(false))
            {
                _ = SendAsync(client, shape.NextRequest(), stoppingToken);
            }
        }
    }

    private async Task SendAsync(HttpClient client, TrafficRequest visit, CancellationToken stoppingToken)
    {
        try
        {
            using var request = new HttpRequestMessage(visit.Method, visit.Path);
            using HttpResponseMessage response = await client.SendAsync(request, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Log.Failed(logger, visit.Path, exception.Message);
        }
        finally
        {
            _inFlight.Release();
        }
    }

    private async Task<bool> HasStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration up = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        using CancellationTokenRegistration down = stoppingToken.Register(() => started.TrySetResult(false));
        return await started.Task.ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "A visit failed")]
        public static partial void Failed(ILogger logger, string path, string error);

        [LoggerMessage(Level = LogLevel.Debug, Message = "No more visits")]
        public static partial void Stopped(ILogger logger);
    }
}
