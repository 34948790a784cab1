using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Remote.Sending;

/// <inheritdoc/>
internal readonly struct HistogramEntry : ILoggedEntry<LoggedHistogram>
{
    public static RemoteWriteCount Pending => RemoteWriteCount.PendingHistograms;

    public static RemoteWriteCount Old => RemoteWriteCount.OldHistograms;

    public static RemoteWriteCount Dropped => RemoteWriteCount.DroppedHistograms;

    public static RemoteWriteCount Unknown => RemoteWriteCount.UnknownHistograms;

    public static SeriesRef SeriesOf(in LoggedHistogram entry) => entry.Series;

    public static long TimeOf(in LoggedHistogram entry) => entry.Timestamp;

    public static void Add(RequestBatch batch, ref CachedSeries series, in LoggedHistogram entry, SeriesCache cache) => batch.AddHistogram(ref series, entry, cache);
}
