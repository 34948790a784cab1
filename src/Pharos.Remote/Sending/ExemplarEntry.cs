using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Remote.Sending;

/// <inheritdoc/>
internal readonly struct ExemplarEntry : ILoggedEntry<SeriesExemplar>
{
    public static RemoteWriteCount Pending => RemoteWriteCount.PendingExemplars;

    public static RemoteWriteCount Old => RemoteWriteCount.OldExemplars;

    public static RemoteWriteCount Dropped => RemoteWriteCount.DroppedExemplars;

    public static RemoteWriteCount Unknown => RemoteWriteCount.UnknownExemplars;

    public static SeriesRef SeriesOf(in SeriesExemplar entry) => entry.Series;

    public static long TimeOf(in SeriesExemplar entry) => entry.Exemplar.Timestamp;

    public static void Add(RequestBatch batch, ref CachedSeries series, in SeriesExemplar entry, SeriesCache cache) => batch.AddExemplar(ref series, entry.Exemplar, cache);
}
