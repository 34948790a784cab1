using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage.Files;
using Pharos.Testing;

namespace Pharos.Storage.Tests;

/// <summary>
/// A store in a folder of its own that can be closed and opened again, with short ways to write and read. Without snapshots of the head, so that opening reads the whole log.
/// </summary>
internal sealed class TestTsdb : IDisposable
{
    private readonly TempFolder? _own;
    private readonly IStoreFiles _files;

    public TestTsdb(TempFolder? folder = null, IStoreFiles? files = null, Func<TsdbOptions, TsdbOptions>? configure = null)
    {
        _own = folder is null ? new TempFolder() : null;
        _files = files ?? DiskFiles.Instance;
        Options = new TsdbOptions
        {
            Folder = (folder ?? _own!).Path,
            TimeProvider = Clock,
            WalSegmentBytes = 128 * 1024,
            Retention = TimeSpan.Zero,
            CompactsItself = false,
            HeadSnapshots = false,
            Log = message => Messages.Add(message),
        };
        Options = configure?.Invoke(Options) ?? Options;
        Db = Tsdb.Open(Options, _files);
    }

    public ManualTimeProvider Clock { get; } = new();

    public TsdbOptions Options { get; }

    public List<TsdbMessage> Messages { get; } = [];

    public Tsdb Db { get; private set; }

    public string Wal => Path.Combine(Options.Folder, "wal");

    public static TestTsdb Open(TempFolder folder) => new(folder);

    public static Labels Name(string name, params ReadOnlySpan<string> more) => Labels.Of(["__name__", name, .. more]);

    public void Reopen()
    {
        Db.Dispose();
        Db = Tsdb.Open(Options, _files);
    }

    public AppendResult Append(Labels labels, long time, double value) => Append(Db.GetOrAdd(labels), time, value);

    public AppendResult Append(SeriesRef series, long time, double value)
    {
        var batch = new SampleBatch(1);
        batch.Add(series, time, value);
        Db.Append(batch);
        return batch.Results[0];
    }

    /// <summary>All samples of the series that match, by labels as text.</summary>
    public SortedDictionary<string, Sample[]> Read(long minTime, long maxTime, params Matcher[] matchers)
    {
        using ISeriesQuerier querier = Db.OpenQuerier();
        return Read(querier, minTime, maxTime, matchers);
    }

    public static SortedDictionary<string, Sample[]> Read(ISeriesQuerier querier, long minTime, long maxTime, params Matcher[] matchers)
    {
        ISeriesSet set = querier.Select(new SeriesSelection(matchers, minTime, maxTime), CancellationToken.None);
        var result = new SortedDictionary<string, Sample[]>(StringComparer.Ordinal);
        var buffer = new SampleBuffer(4);
        for (int i = 0; i < set.Count; i++)
        {
            set.Read(i, minTime, maxTime, buffer);
            var samples = new Sample[buffer.Count];
            for (int k = 0; k < samples.Length; k++)
            {
                samples[k] = new Sample(buffer.Timestamps[k], buffer.Values[k]);
            }

            bool any = set.TryReadLast(i, minTime, maxTime, out Sample last);
            Assert.Equal(samples.Length > 0, any);
            if (any)
            {
                Assert.Equal(samples[^1].Timestamp, last.Timestamp);
                Assert.Equal(BitConverter.DoubleToUInt64Bits(samples[^1].Value), BitConverter.DoubleToUInt64Bits(last.Value));
            }

            result.Add(set.GetLabels(i).ToString(), samples);
        }

        AssertSameTogether(set, minTime, maxTime);
        return result;
    }

    // What is read of several series at once is what is read of each.
    private static void AssertSameTogether(ISeriesSet set, long minTime, long maxTime)
    {
        var alone = new SampleBuffer(4);
        SampleBuffer[] together = [.. Enumerable.Range(0, set.Count).Select(static _ => new SampleBuffer(4))];
        set.ReadSeveral(0, minTime, maxTime, together);
        for (int from = 0; from < set.Count; from += 64)
        {
            var last = new Sample[Math.Min(64, set.Count - from)];
            ulong found = set.ReadLast(from, minTime, maxTime, last);
            for (int i = 0; i < last.Length; i++)
            {
                set.Read(from + i, minTime, maxTime, alone);
                Assert.True(alone.Timestamps.SequenceEqual(together[from + i].Timestamps));
                Assert.True(MemoryMarshal.AsBytes(alone.Values).SequenceEqual(MemoryMarshal.AsBytes(together[from + i].Values)));
                Assert.Equal(alone.Count > 0, (found >> i & 1) != 0);
                Assert.True(alone.Count == 0 || (last[i].Timestamp == alone.Timestamps[^1] && last[i].Value.Equals(alone.Values[^1])));
            }
        }
    }

    public SortedDictionary<string, Sample[]> ReadAll() => Read(long.MinValue, long.MaxValue);

    public void Dispose()
    {
        Db.Dispose();
        _own?.Dispose();
    }
}
