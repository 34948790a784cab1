using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Remote.Reading;

namespace Pharos.Remote.Tests.Reading;

/// <summary>A store of listed series, whose matchers are kept for the test.</summary>
internal sealed class ListedSource : ISeriesSource
{
    private readonly List<(Labels Labels, SampleBuffer Samples)> _series = [];

    public List<SeriesSelection> Selections { get; } = [];

    public ListedSource Add(Labels labels, params (long Time, double Value)[] samples)
    {
        var buffer = new SampleBuffer();
        foreach ((long time, double value) in samples)
        {
            buffer.Add(time, value);
        }

        _series.Add((labels, buffer));
        return this;
    }

    public ListedSource Add(Labels labels, long time, FloatHistogram histogram)
    {
        var buffer = new SampleBuffer();
        buffer.Add(time, histogram);
        _series.Add((labels, buffer));
        return this;
    }

    public ISeriesQuerier OpenQuerier() => new Querier(this);

    private sealed class Querier(ListedSource source) : ISeriesQuerier
    {
        public ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken)
        {
            source.Selections.Add(selection);
            var selected = new RemoteSeriesList([], long.MinValue, long.MaxValue);
            foreach ((Labels labels, SampleBuffer samples) in source._series)
            {
                if (selection.Matchers.All(m => m.Matches(labels[m.Name])))
                {
                    selected.Add(labels, samples);
                }
            }

            return new RemoteSeriesSet(selected.Complete(), new RemoteSymbols());
        }

        public IReadOnlyList<string> LabelNames(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) => [];

        public IReadOnlyList<string> LabelValues(
            string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) => [];

        public void Dispose()
        {
        }
    }
}
