using Pharos.Server.Configuration.Files;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Ui;

/// <summary><c>p/configuration</c>: the files that run, without their secrets, and how the last reload went.</summary>
internal sealed class ConfigurationEndpoint(UiServices services)
{
    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Get, "configuration", WriteAsync);

    private Task WriteAsync(HttpContext context)
    {
        ReloadOutcome reload = services.Reload.Current;
        return UiAnswer.WriteAsync(context, services.Clock, json =>
        {
            json.WriteStartArray("files"u8);
            foreach (LoadedFile file in services.Files.Current)
            {
                json.WriteStartObject();
                json.WriteString("path"u8, file.Path);
                json.WriteString("kind"u8, file.Kind.Describe());
                json.WriteString("text"u8, file.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteIfKnown("loadedAt", reload.LastSuccess);
            json.WriteStartObject("lastReload"u8);
            json.WriteBoolean("ok"u8, reload.Succeeded);
            json.WriteIfKnown("time", reload.LastAttempt);
            if (reload.Error is { } error)
            {
                json.WriteStartObject("error"u8);
                json.WriteString("message"u8, error);
                if (reload.Place is { } place)
                {
                    UiPlace.Of(place).Write(json);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }
}
