using System.Buffers;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>
/// This host's metrics under node_exporter's names and labels, read from <c>/proc</c> and <c>/sys</c>. What one group cannot read is missing and said by
/// <c>node_scrape_collector_success</c>; the others go on.
/// </summary>
public sealed class HostCollector : IExpositionSource
{
    private static readonly IHostReader[] Readers =
    [
        new CpuReader(),
        new DiskReader(),
        new FileDescriptorReader(),
        new FilesystemReader(),
        new LoadReader(),
        new MemoryReader(),
        new NetworkDeviceReader(),
        new NetworkClassReader(),
        new PressureReader(),
        new SocketReader(),
        new StatReader(),
        new UnameReader(),
        new VirtualMemoryReader(),
    ];

    private readonly HostFiles _files;
    private readonly TimeProvider _time;

    /// <summary>Collects from this host.</summary>
    public HostCollector(TimeProvider time)
        : this(time, "/")
    {
    }

    internal HostCollector(TimeProvider time, string root)
    {
        _files = new HostFiles(root);
        _time = time;
    }

    /// <summary>Whether this host has what is read.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <inheritdoc/>
    public string ContentType => "text/plain; version=0.0.4; charset=utf-8";

    /// <inheritdoc/>
    public ValueTask WriteAsync(IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var results = new List<(string Name, double Seconds, bool Success)>();
        foreach (IHostReader reader in Readers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long started = _time.GetTimestamp();
            bool success = TryWrite(reader, output);
            results.Add((reader.Name, _time.GetElapsedTime(started).TotalSeconds, success));
        }

        var writer = new ExpositionWriter(output);
        writer.Single("node_time_seconds", MetricType.Gauge, "System time in seconds since epoch (1970).", (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
        writer.Family("node_scrape_collector_duration_seconds", MetricType.Gauge, "node_exporter: Duration of a collector scrape.");
        results.ForEach(r => writer.Sample(r.Seconds, ("collector", r.Name)));
        writer.Family("node_scrape_collector_success", MetricType.Gauge, "node_exporter: Whether a collector succeeded.");
        results.ForEach(r => writer.Sample(r.Success ? 1 : 0, ("collector", r.Name)));
        return ValueTask.CompletedTask;
    }

    // A group is written apart first, so that one that fails half way leaves nothing behind.
    private bool TryWrite(IHostReader reader, IBufferWriter<byte> output)
    {
        var group = new ArrayBufferWriter<byte>(4096);
        try
        {
            reader.Write(_files, new ExpositionWriter(group));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return false;
        }

        output.Write(group.WrittenSpan);
        return true;
    }
}
