using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pharos.Core.Buffers;
using Pharos.Core.Samples;
using Pharos.Testing;

namespace Pharos.Storage.Tests;

/// <summary>The real Prometheus on a data folder, as <c>eng/get-peers</c> unpacks it.</summary>
internal sealed class RealPrometheus : IDisposable
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly Process _process;
    private readonly string _address;

    private RealPrometheus(Process process, string address)
    {
        _process = process;
        _address = address;
    }

    public static string Binary => Path.Combine(Repository.Root, ".peers", "usr", "bin", "prometheus");

    /// <summary>Skips the test where Prometheus is not unpacked; in continuous integration that is a failure.</summary>
    public static void SkipWithout()
    {
        if (!File.Exists(Binary))
        {
            Assert.False(Repository.IsContinuousIntegration, $"{Binary} is missing");
            Assert.Skip($"{Binary} is missing: run eng/get-peers .peers");
        }
    }

    /// <summary>Starts on the folder and waits until it is ready.</summary>
    public static Task<RealPrometheus> StartAsync(TempFolder configuration, string data, bool scrapeItself, CancellationToken cancellationToken, params string[] more) => StartAsync(
        configuration,
        data,
        address => scrapeItself ? $"scrape_configs:\n- job_name: self\n  scrape_interval: 1s\n  static_configs:\n  - targets: ['{address}']\n" : "",
        cancellationToken,
        more);

    /// <summary>Starts so that it can be written to within an out-of-order window, and deleted from.</summary>
    public static Task<RealPrometheus> StartToWriteAsync(TempFolder configuration, string data, string window, CancellationToken cancellationToken) => StartAsync(
        configuration,
        data,
        _ => $"storage:\n  tsdb:\n    out_of_order_time_window: {window}\n",
        cancellationToken,
        "--web.enable-remote-write-receiver",
        "--web.enable-admin-api",
        "--enable-feature=native-histograms");

    private static async Task<RealPrometheus> StartAsync(TempFolder configuration, string data, Func<string, string> settings, CancellationToken cancellationToken, params string[] more)
    {
        int port = FreePort();
        string address = $"127.0.0.1:{port}";
        string config = configuration.Write("prometheus.yml", "global: {}\n" + settings(address));
        var start = new ProcessStartInfo(Binary)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in (string[])[$"--config.file={config}", $"--storage.tsdb.path={data}", $"--web.listen-address={address}", "--log.level=warn", .. more])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var prometheus = new RealPrometheus(process, address);
        long began = TimeProvider.System.GetTimestamp();
        while (!await prometheus.IsReadyAsync(cancellationToken))
        {
            Assert.False(process.HasExited, "prometheus ended at once");
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30), "prometheus is not ready after 30 s");
            await Task.Delay(50, cancellationToken);
        }

        return prometheus;
    }

    /// <summary>Lets it make a snapshot of all that it has, the head too, below its data folder; returns the snapshot's folder below <c>snapshots</c>. It was started to be written to.</summary>
    public async Task<string> SnapshotAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await Client.PostAsync(new Uri($"http://{_address}/api/v1/admin/tsdb/snapshot"), null, cancellationToken);
        response.EnsureSuccessStatusCode();
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return document.RootElement.GetProperty("data").GetProperty("name").GetString()!;
    }

    /// <summary>The raw samples of a range selector at a time, by labels as Prometheus writes them.</summary>
    public async Task<Dictionary<string, Sample[]>> SamplesAsync(string selector, long time, CancellationToken cancellationToken)
    {
        string seconds = (time / 1000.0).ToString(CultureInfo.InvariantCulture);
        string json = await Client.GetStringAsync(new Uri($"http://{_address}/api/v1/query?query={Uri.EscapeDataString(selector)}&time={seconds}"), cancellationToken);
        using JsonDocument document = JsonDocument.Parse(json);
        var result = new Dictionary<string, Sample[]>(StringComparer.Ordinal);
        foreach (JsonElement series in document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray())
        {
            var labels = new List<string>();
            foreach (JsonProperty label in series.GetProperty("metric").EnumerateObject())
            {
                labels.Add(label.Name);
                labels.Add(label.Value.GetString()!);
            }

            result.Add(
                Pharos.Core.Labels.Labels.Of(labels.ToArray()).ToString(),
                series.GetProperty("values").EnumerateArray().Select(static pair => new Sample(
                    (long)Math.Round(pair[0].GetDouble() * 1000), ParseValue(pair[1].GetString()!))).ToArray());
        }

        return result;
    }

    /// <summary>The histograms of a range selector at a time, by the value of a label: time, count, sum and the buckets that are not empty, as texts.</summary>
    public async Task<Dictionary<string, List<string>>> HistogramsAsync(string selector, string label, long time, CancellationToken cancellationToken)
    {
        string seconds = (time / 1000.0).ToString(CultureInfo.InvariantCulture);
        string json = await Client.GetStringAsync(new Uri($"http://{_address}/api/v1/query?query={Uri.EscapeDataString(selector)}&time={seconds}"), cancellationToken);
        using JsonDocument document = JsonDocument.Parse(json);
        var result = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (JsonElement series in document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray())
        {
            var histograms = new List<string>();
            if (series.TryGetProperty("histograms", out JsonElement pairs))
            {
                foreach (JsonElement pair in pairs.EnumerateArray())
                {
                    JsonElement histogram = pair[1];
                    string buckets = histogram.TryGetProperty("buckets", out JsonElement list)
                        ? string.Join(' ', list.EnumerateArray().Select(static b => $"{b[0].GetInt32()} {Number(b[1])} {Number(b[2])} {Number(b[3])}"))
                        : "";
                    histograms.Add($"{(long)Math.Round(pair[0].GetDouble() * 1000)}: {Number(histogram.GetProperty("count"))} {Number(histogram.GetProperty("sum"))} {buckets}");
                }
            }

            result.Add(series.GetProperty("metric").GetProperty(label).GetString()!, histograms);
        }

        return result;
    }

    /// <summary>Writes samples of one series as a remote writer does; all of them must be taken.</summary>
    public async Task WriteAsync(Pharos.Core.Labels.Labels labels, IEnumerable<Sample> samples, CancellationToken cancellationToken)
    {
        using var series = new MemoryStream();
        foreach (Pharos.Core.Labels.Label label in labels.AsSpan().ToArray())
        {
            Put(series, 1, [.. Field(1, label.Name), .. Field(2, label.Value)]);
        }

        foreach (Sample sample in samples)
        {
            byte[] message = new byte[9];
            message[0] = (1 << 3) | 1;
            BinaryPrimitives.WriteDoubleLittleEndian(message.AsSpan(1), sample.Value);
            using var time = new MemoryStream();
            time.WriteByte(2 << 3);
            PutUvarint(time, (ulong)sample.Timestamp);
            Put(series, 2, [.. message, .. time.ToArray()]);
        }

        using var request = new MemoryStream();
        Put(request, 1, series.ToArray());
        byte[] compressed = new byte[SnappyBlock.MaxCompressedLength((int)request.Length)];
        await WriteAsync(compressed[..SnappyBlock.Compress(request.ToArray(), compressed)], cancellationToken);
    }

    /// <summary>Sends a request of remote write.</summary>
    public async Task WriteAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.Add("Content-Type", "application/x-protobuf");
        content.Headers.Add("Content-Encoding", "snappy");
        content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        using HttpResponseMessage response = await Client.PostAsync(new Uri($"http://{_address}/api/v1/write"), content, cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Deletes the samples of the series that match, in milliseconds with both ends.</summary>
    public async Task DeleteAsync(string selector, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        string query = string.Create(CultureInfo.InvariantCulture, $"match[]={Uri.EscapeDataString(selector)}&start={minTime / 1000.0}&end={maxTime / 1000.0}");
        using HttpResponseMessage response = await Client.PostAsync(new Uri($"http://{_address}/api/v1/admin/tsdb/delete_series?{query}"), null, cancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    /// <summary>Ends it as an operator would, or at once.</summary>
    public void Stop(bool kill)
    {
        if (kill)
        {
            _process.Kill();
        }
        else
        {
            using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            signal.WaitForExit();
        }

        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(20)), "prometheus does not end");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static string Number(JsonElement text) => ParseValue(text.GetString()!).ToString("R", CultureInfo.InvariantCulture);

    private static double ParseValue(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => Staleness.NormalNaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static byte[] Field(int number, string text)
    {
        using var field = new MemoryStream();
        Put(field, number, System.Text.Encoding.UTF8.GetBytes(text));
        return field.ToArray();
    }

    private static void Put(MemoryStream stream, int number, byte[] bytes)
    {
        stream.WriteByte((byte)((number << 3) | 2));
        PutUvarint(stream, (ulong)bytes.Length);
        stream.Write(bytes);
    }

    private static void PutUvarint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await Client.GetAsync(new Uri($"http://{_address}/-/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
