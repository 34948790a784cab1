using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Pharos.Testing.Processes;

/// <summary>Asks any server that has Prometheus' HTTP API.</summary>
public sealed class PrometheusApi(Uri address) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    public HttpClient Http => _client;

    public async Task<bool> IsReadyAsync() => (await _client.GetAsync("/-/ready")).StatusCode == HttpStatusCode.OK;

    /// <summary>The parsed body, whatever the status.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        string body = await _client.GetStringAsync(path);
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>The whole answer of an instant query, errors included.</summary>
    public Task<JsonElement> QueryAsync(string expression, double? time = null, params (string Name, string Value)[] more)
    {
        var form = new Dictionary<string, string> { ["query"] = expression };
        if (time is { } at)
        {
            form["time"] = at.ToString("F3", CultureInfo.InvariantCulture);
        }

        return PostAsync("/api/v1/query", form, more);
    }

    /// <summary>The whole answer of a range query, errors included. Times in seconds.</summary>
    public Task<JsonElement> QueryRangeAsync(string expression, double start, double end, double step, params (string Name, string Value)[] more) => PostAsync("/api/v1/query_range", new Dictionary<string, string>
    {
        ["query"] = expression,
        ["start"] = start.ToString("F3", CultureInfo.InvariantCulture),
        ["end"] = end.ToString("F3", CultureInfo.InvariantCulture),
        ["step"] = step.ToString("F3", CultureInfo.InvariantCulture),
    }, more);

    /// <summary>The value of a query that gives one number, or null when it gives none.</summary>
    public async Task<double?> NumberAsync(string expression)
    {
        JsonElement answer = await QueryAsync(expression);
        JsonElement result = answer.GetProperty("data").GetProperty("result");
        return result.GetArrayLength() == 0 ? null : double.Parse(result[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> PostAsync(string path, Dictionary<string, string> form, (string Name, string Value)[] more)
    {
        foreach ((string name, string value) in more)
        {
            form[name] = value;
        }

        using HttpResponseMessage response = await _client.PostAsync(path, new FormUrlEncodedContent(form));
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
