using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Samples;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>A store whose caller leaves after some series were read.</summary>
internal sealed class LeavingSource(ISeriesSource inner, CancellationTokenSource caller, int afterReads) : ISeriesSource
{
    private int _reads;

    /// <summary>Series that were read all the same.</summary>
    public int ReadsAfterwards => Math.Max(0, _reads - afterReads);

    public ISeriesQuerier OpenQuerier() => new Querier(this, inner.OpenQuerier());

    private void Count()
    {
        if (Interlocked.Increment(ref _reads) == afterReads)
        {
            caller.Cancel();
        }
    }

    private sealed class Querier(LeavingSource source, ISeriesQuerier querier) : ISeriesQuerier
    {
        public ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken) => new Set(source, querier.Select(selection, cancellationToken));

        public IReadOnlyList<string> LabelNames(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
            querier.LabelNames(matcherSets, minTime, maxTime, cancellationToken);

        public IReadOnlyList<string> LabelValues(
            string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
            querier.LabelValues(name, matcherSets, minTime, maxTime, cancellationToken);

        public void Dispose() => querier.Dispose();
    }

    private sealed class Set(LeavingSource source, ISeriesSet set) : ISeriesSet
    {
        public int Count => set.Count;

        public bool HasMoreThanNumbers => set.HasMoreThanNumbers;

        public Core.Labels.Labels GetLabels(int index) => set.GetLabels(index);

        public void GetLabelValueIds(string name, Span<uint> ids) => set.GetLabelValueIds(name, ids);

        public void GetShapeIds(Span<uint> ids) => set.GetShapeIds(ids);

        public IReadOnlyList<string> GetShapeLabelNames(uint shapeId) => set.GetShapeLabelNames(shapeId);

        public string GetLabelValue(uint valueId) => set.GetLabelValue(valueId);

        public void Read(int index, long minTime, long maxTime, SampleBuffer buffer)
        {
            source.Count();
            set.Read(index, minTime, maxTime, buffer);
        }

        public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample)
        {
            source.Count();
            return set.TryReadLast(index, minTime, maxTime, out sample);
        }
    }
}
