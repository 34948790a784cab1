using Pharos.Core.Samples;

namespace Pharos.Core.Contracts;

/// <summary>
/// Takes samples in. Thread-safe; a batch is logged and becomes visible as a whole or not at all.
/// </summary>
/// <remarks>
/// <b>Label bytes.</b> A label set on the wire is the run of <c>labels</c> fields of a remote-write <c>TimeSeries</c>: for each label
/// <c>0x0a len { 0x0a len name 0x12 len value }</c>. Canonical means: sorted by name bytes, names unique, no empty name or value, lengths as minimal varints.
/// Senders produce the canonical form nearly always, so the bytes are hashed as they come.
/// </remarks>
public interface ISeriesAppender
{
    /// <summary>Finds a known series by its label bytes, canonical or remembered as an alias. No allocation, no parsing.</summary>
    bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series);

    /// <summary>
    /// Finds or creates the series. <paramref name="wireBytes"/>, when given and not canonical, is remembered as another spelling of it.
    /// A created series is logged before any sample that names it.
    /// </summary>
    /// <exception cref="SeriesLimitException">The store is at its limit of series.</exception>
    /// <exception cref="StorageUnavailableException">The log cannot be written.</exception>
    SeriesRef GetOrAdd(Labels.Labels labels, ReadOnlySpan<byte> wireBytes = default);

    /// <summary>
    /// Logs and applies the batch; returns when it is visible to new queries and in the log (safe against a killed process, not against a power cut).
    /// Samples refused one by one are said in <see cref="SampleBatch.Results"/> and counted in the summary; the others are stored all the same.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The log cannot be written (a full disk); nothing of the batch is stored.</exception>
    AppendSummary Append(SampleBatch batch);
}
