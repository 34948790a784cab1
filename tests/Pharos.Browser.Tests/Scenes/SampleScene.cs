using Pharos.Testing.Processes;

namespace Pharos.Browser.Tests.Scenes;

/// <summary>The sample application under the traffic it makes itself, watched by Pharos with the sample's own monitoring folder, times shortened.</summary>
public class SampleScene : Scene
{
    private SampleApplication? _application;
    private SampleApplication? _sink;

    public SampleApplication Application => _application ?? throw new InvalidOperationException("the application has not started");

    /// <summary>Stands where Slack would.</summary>
    public SampleApplication Sink => _sink ?? throw new InvalidOperationException("the receiver has not started");

    /// <summary>The share of requests that fail from the start on: enough for an alert.</summary>
    protected virtual double Errors => 0.4;

    /// <summary>Waits until there is something to draw.</summary>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Until.TrueAsync("a few scrapes", async () => await Server.Api.NumberAsync("min(count_over_time(up[5m]))") >= 5, () => Server.Process.Output);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (SampleApplication? one in new[] { _application, _sink })
        {
            if (one is not null)
            {
                await one.DisposeAsync();
            }
        }

        GC.SuppressFinalize(this);
    }

    protected override async Task<string> PrepareAsync(int port)
    {
        _application = await SampleApplication.StartAsync(Folder, FreePort.Next());
        _sink = await SampleApplication.StartSinkAsync(Folder, FreePort.Next());
        await _application.SetTrafficAsync(new { errors = Errors });
        return SampleMonitoring.Copy(Folder, _application.Port, _sink.Port, null, port);
    }
}
