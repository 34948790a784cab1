using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;

namespace Pharos.Server.Tests.Api;

/// <summary>A store that gives no series until the query that reads it is stopped.</summary>
internal sealed class StoppedSource(ISeriesSource inner) : ISeriesSource
{
    private int _reads;

    /// <summary>Done when the query reads its first series.</summary>
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Series read so far.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public ISeriesQuerier OpenQuerier() => new Querier(this, inner.OpenQuerier());

    private void Read(CancellationToken stop)
    {
        if (Interlocked.Increment(ref _reads) == 1)
        {
            Entered.SetResult();
        }

        Assert.True(stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)), "the query was not stopped");
    }

    private sealed class Querier(StoppedSource source, ISeriesQuerier querier) : ISeriesQuerier
    {
        public ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken) =>
            new Set(source, querier.Select(selection, cancellationToken), cancellationToken);

        public IReadOnlyList<string> LabelNames(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
            querier.LabelNames(matcherSets, minTime, maxTime, cancellationToken);

        public IReadOnlyList<string> LabelValues(
            string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
            querier.LabelValues(name, matcherSets, minTime, maxTime, cancellationToken);

        public void Dispose() => querier.Dispose();
    }

    private sealed class Set(StoppedSource source, ISeriesSet set, CancellationToken stop) : ISeriesSet
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
            source.Read(stop);
            set.Read(index, minTime, maxTime, buffer);
        }

        public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample)
        {
            source.Read(stop);
            return set.TryReadLast(index, minTime, maxTime, out sample);
        }
    }
}
