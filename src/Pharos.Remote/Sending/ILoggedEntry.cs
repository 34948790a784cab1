using Pharos.Core.Samples;

namespace Pharos.Remote.Sending;

/// <summary>How entries of one kind are put into requests. Implemented by structs without state, so that each kind gets code of its own.</summary>
internal interface ILoggedEntry<T>
{
    static abstract RemoteWriteCount Pending { get; }

    static abstract RemoteWriteCount Old { get; }

    static abstract RemoteWriteCount Dropped { get; }

    static abstract RemoteWriteCount Unknown { get; }

    static abstract SeriesRef SeriesOf(in T entry);

    static abstract long TimeOf(in T entry);

    static abstract void Add(RequestBatch batch, ref CachedSeries series, in T entry, SeriesCache cache);
}
