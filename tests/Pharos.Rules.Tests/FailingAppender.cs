using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Rules.Tests;

/// <summary>An appender that fails when the test says so.</summary>
internal sealed class FailingAppender(ISeriesAppender inner) : ISeriesAppender
{
    public Exception? Failure { get; set; }

    public bool RefusesNewSeries { get; set; }

    public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series) => inner.TryFind(labelBytes, out series);

    public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default) =>
        RefusesNewSeries ? throw new SeriesLimitException(7) : inner.GetOrAdd(labels, wireBytes);

    public AppendSummary Append(SampleBatch batch) => Failure is null ? inner.Append(batch) : throw Failure;
}
