using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Reading;

/// <summary>Gathers the series of one answer by their labels: series that differ in labels that are taken off are one.</summary>
internal sealed class RemoteSeriesList
{
    /// <summary>Samples of one answer at most: as many as upstream's servers give by default.</summary>
    public const long MaxSamples = 50_000_000;

    private readonly Dictionary<Labels, RemoteSeries> _byLabels = [];
    private readonly List<RemoteSeries> _series = [];
    private readonly IReadOnlyCollection<string> _removed;
    private readonly long _minTime;
    private readonly long _maxTime;
    private long _samples;

    /// <param name="removed">Label names that are taken off.</param>
    /// <param name="minTime">Samples before it are left out.</param>
    /// <param name="maxTime">Samples after it are left out.</param>
    public RemoteSeriesList(IReadOnlyCollection<string> removed, long minTime, long maxTime)
    {
        _removed = removed;
        _minTime = minTime;
        _maxTime = maxTime;
    }

    /// <exception cref="InvalidDataException">There are more samples than one answer may have.</exception>
    public void Add(Labels labels, SampleBuffer samples)
    {
        _samples += samples.Count;
        if (_samples > MaxSamples)
        {
            throw new InvalidDataException($"the answer has more than {MaxSamples} samples");
        }

        Find(labels).Add(samples, _minTime, _maxTime);
    }

    /// <summary>The series that have samples, ready to be read.</summary>
    public List<RemoteSeries> Complete()
    {
        _series.RemoveAll(static series => series.Count == 0);
        foreach (RemoteSeries series in _series)
        {
            series.Complete();
        }

        return _series;
    }

    private RemoteSeries Find(Labels labels)
    {
        Labels kept = labels;
        if (_removed.Any(labels.Contains))
        {
            var builder = new LabelsBuilder(labels);
            foreach (string name in _removed)
            {
                builder.Remove(name);
            }

            kept = builder.ToLabels();
        }

        if (!_byLabels.TryGetValue(kept, out RemoteSeries? series))
        {
            series = new RemoteSeries(kept);
            _byLabels.Add(kept, series);
            _series.Add(series);
        }

        return series;
    }
}
