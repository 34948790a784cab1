using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;

namespace Pharos.Testing;

/// <summary>A store of which a test is told, on the reader's thread, before each series is read; it gets the token of the query.</summary>
public sealed class WatchedSource(ISeriesSource inner, Action<CancellationToken> beforeRead) : ISeriesSource
{
    public ISeriesQuerier OpenQuerier() => new Querier(inner.OpenQuerier(), beforeRead);

    private sealed class Querier(ISeriesQuerier querier, Action<CancellationToken> beforeRead) : ISeriesQuerier
    {
        public ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken) =>
            new Set(querier.Select(selection, cancellationToken), () => beforeRead(cancellationToken));

        public IReadOnlyList<string> LabelNames(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
            querier.LabelNames(matcherSets, minTime, maxTime, cancellationToken);

        public IReadOnlyList<string> LabelValues(
            string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
            querier.LabelValues(name, matcherSets, minTime, maxTime, cancellationToken);

        public void Dispose() => querier.Dispose();
    }

    private sealed class Set(ISeriesSet set, Action beforeRead) : ISeriesSet
    {
        public int Count => set.Count;

        public bool HasMoreThanNumbers => set.HasMoreThanNumbers;

        public Labels GetLabels(int index) => set.GetLabels(index);

        public void GetLabelValueIds(string name, Span<uint> ids) => set.GetLabelValueIds(name, ids);

        public void GetShapeIds(Span<uint> ids) => set.GetShapeIds(ids);

        public IReadOnlyList<string> GetShapeLabelNames(uint shapeId) => set.GetShapeLabelNames(shapeId);

        public string GetLabelValue(uint valueId) => set.GetLabelValue(valueId);

        public void Read(int index, long minTime, long maxTime, SampleBuffer buffer)
        {
            beforeRead();
            set.Read(index, minTime, maxTime, buffer);
        }

        public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample)
        {
            beforeRead();
            return set.TryReadLast(index, minTime, maxTime, out sample);
        }
    }
}
