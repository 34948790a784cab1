using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Testing;

namespace Pharos.PromQL.Tests.Scheduling;

/// <summary>A store in which reading a series takes time of a clock; after some series it holds the query until the test lets it go on.</summary>
internal sealed class SlowSource(ISeriesSource inner, ManualTimeProvider clock, TimeSpan perSeries, int holdsAfter) : ISeriesSource
{
    private int _reads;

    /// <summary>Done when the query is held.</summary>
    public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the query go on.</summary>
    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ISeriesQuerier OpenQuerier() => new Querier(this, inner.OpenQuerier());

    private void BeforeRead()
    {
        clock.Advance(perSeries);
        if (Interlocked.Increment(ref _reads) == holdsAfter + 1)
        {
            Held.SetResult();
#pragma warning disable VSTHRD002 // series are read synchronously, and this one is to take long
            Release.Task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
    }

    private sealed class Querier(SlowSource source, ISeriesQuerier querier) : ISeriesQuerier
    {
        public ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken) => new Set(source, querier.Select(selection, cancellationToken));

        public IReadOnlyList<string> LabelNames(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
            querier.LabelNames(matcherSets, minTime, maxTime, cancellationToken);

        public IReadOnlyList<string> LabelValues(
            string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
            querier.LabelValues(name, matcherSets, minTime, maxTime, cancellationToken);

        public void Dispose() => querier.Dispose();
    }

    private sealed class Set(SlowSource source, ISeriesSet set) : ISeriesSet
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
            source.BeforeRead();
            set.Read(index, minTime, maxTime, buffer);
        }

        public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample)
        {
            source.BeforeRead();
            return set.TryReadLast(index, minTime, maxTime, out sample);
        }
    }
}
