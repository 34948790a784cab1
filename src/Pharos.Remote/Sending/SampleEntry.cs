using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Remote.Sending;

/// <inheritdoc/>
internal readonly struct SampleEntry : ILoggedEntry<LoggedSample>
{
    public static RemoteWriteCount Pending => RemoteWriteCount.PendingSamples;

    public static RemoteWriteCount Old => RemoteWriteCount.OldSamples;

    public static RemoteWriteCount Dropped => RemoteWriteCount.DroppedSamples;

    public static RemoteWriteCount Unknown => RemoteWriteCount.UnknownSamples;

    public static SeriesRef SeriesOf(in LoggedSample entry) => entry.Series;

    public static long TimeOf(in LoggedSample entry) => entry.Timestamp;

    public static void Add(RequestBatch batch, ref CachedSeries series, in LoggedSample entry, SeriesCache cache) => batch.AddSample(ref series, entry, cache);
}
