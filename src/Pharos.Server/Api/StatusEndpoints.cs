using System.Globalization;
using Pharos.Server.Lifecycle;
using Pharos.Server.Options;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/status/*</c>, as far as it is about the process and not about the store.</summary>
internal sealed class StatusEndpoints
{
    private readonly ServerOptions _options;
    private readonly ReloadStatus _reload;
    private readonly ActiveConfig _config;
    private readonly DateTimeOffset _startTime;
    private readonly TimeProvider _clock;

    public StatusEndpoints(ServerOptions options, ReloadStatus reload, ActiveConfig config, DateTimeOffset startTime, TimeProvider clock)
    {
        _options = options;
        _reload = reload;
        _config = config;
        _startTime = startTime;
        _clock = clock;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/status/flags", WriteFlagsAsync);
        routes.MapGet("/api/v1/status/runtimeinfo", WriteRuntimeInfoAsync);
        routes.MapGet("/api/v1/status/buildinfo", WriteBuildInfoAsync);
        routes.MapGet("/api/v1/status/config", WriteConfigAsync);
        routes.MapGet("/api/v1/notifications", static context => ApiResponse.WriteSuccessAsync(context, static json =>
        {
            json.WriteStartArray();
            json.WriteEndArray();
        }));
    }

    private Task WriteFlagsAsync(HttpContext context) => ApiResponse.WriteSuccessAsync(context, json =>
    {
        json.WriteStartObject();
        foreach ((string name, string value) in _options.Flags.All)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    });

    private Task WriteConfigAsync(HttpContext context) => ApiResponse.WriteSuccessAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteString("yaml"u8, _config.Yaml);
        json.WriteEndObject();
    });

    private Task WriteRuntimeInfoAsync(HttpContext context)
    {
        ReloadOutcome reload = _reload.Current;
        return ApiResponse.WriteSuccessAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("startTime"u8, Rfc3339(_startTime));
            json.WriteString("CWD"u8, Environment.CurrentDirectory);
            json.WriteString("hostname"u8, Environment.MachineName);
            json.WriteString("serverTime"u8, Rfc3339(_clock.GetUtcNow()));
            json.WriteBoolean("reloadConfigSuccess"u8, reload.Succeeded);
            json.WriteString("lastConfigTime"u8, reload.LastSuccess.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            if (reload.Error is { } error)
            {
                json.WriteString("lastConfigError"u8, error);
            }

            json.WriteNumber("corruptionCount"u8, 0);

            // Prometheus' names for what a process of Go has; the nearest that this one has.
            json.WriteNumber("goroutineCount"u8, ThreadPool.ThreadCount);
            json.WriteNumber("GOMAXPROCS"u8, Environment.ProcessorCount);
            json.WriteNumber("GOMEMLIMIT"u8, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
            json.WriteString("GOGC"u8, ""u8);
            json.WriteString("GODEBUG"u8, ""u8);
            json.WriteString("storageRetention"u8, Retention.Text(_config.Retention));
            json.WriteEndObject();
        });
    }

    private static Task WriteBuildInfoAsync(HttpContext context) => ApiResponse.WriteSuccessAsync(context, static json =>
    {
        json.WriteStartObject();
        json.WriteString("version"u8, BuildInfo.ApiVersion);
        json.WriteString("revision"u8, BuildInfo.Revision);
        json.WriteString("branch"u8, ""u8);
        json.WriteString("buildUser"u8, ""u8);
        json.WriteString("buildDate"u8, ""u8);
        json.WriteString("goVersion"u8, BuildInfo.Runtime);
        json.WriteString("application"u8, "Pharos"u8);
        json.WriteEndObject();
    });

    private static string Rfc3339(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
