using System.Text.Json;
using EndpointStats.Hosting;

namespace EndpointStats.Sink;

/// <summary>
/// Stands where Slack stands in production, so that nothing leaves the machine and one sees what would be sent. A process of its own: it is there when
/// the application is not.
/// </summary>
internal static class SinkApplication
{
    private const int DefaultPort = 5001;

    /// <summary>Puts it together; not started.</summary>
    public static WebApplication Build(Flags flags)
    {
        WebApplicationBuilder builder = LocalServer.CreateBuilder(flags, DefaultPort);
        builder.Services.AddSingleton<SinkMessages>();
        WebApplication application = builder.Build();
        foreach (string kind in new[] { "slack", "webhook" })
        {
            application.MapPost("/" + kind, (JsonElement body, SinkMessages messages) =>
            {
                messages.Add(kind, body);
                return Results.Text("ok");
            });
        }

        application.MapGet("/", static (SinkMessages messages) => Results.Text(SinkText.Write(messages.All())));
        application.MapGet("/messages", static (SinkMessages messages) => Results.Json(messages.All()));
        return application;
    }
}
