namespace Pharos.Server.Http;

/// <summary>Keeps the framework's host from handling signals: the program does that, for all parts at once.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
