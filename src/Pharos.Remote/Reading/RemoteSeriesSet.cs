using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Reading;

/// <summary>The series of one answer of another store, all in memory.</summary>
internal sealed class RemoteSeriesSet : ISeriesSet
{
    private readonly List<RemoteSeries> _series;
    private readonly RemoteSymbols _symbols;

    public RemoteSeriesSet(List<RemoteSeries> series, RemoteSymbols symbols)
    {
        _series = series;
        _symbols = symbols;
        HasMoreThanNumbers = series.Exists(static one => one.HasHistograms);
    }

    public int Count => _series.Count;

    public bool HasMoreThanNumbers { get; }

    public Labels GetLabels(int index) => _series[index].Labels;

    public void GetLabelValueIds(string name, Span<uint> ids)
    {
        for (int i = 0; i < _series.Count; i++)
        {
            ids[i] = _symbols.IdOf(_series[i].Labels[name]);
        }
    }

    public void GetShapeIds(Span<uint> ids)
    {
        for (int i = 0; i < _series.Count; i++)
        {
            ids[i] = _symbols.ShapeOf(_series[i].Labels);
        }
    }

    public IReadOnlyList<string> GetShapeLabelNames(uint shapeId) => _symbols.NamesOf(shapeId);

    public string GetLabelValue(uint valueId) => _symbols.ValueOf(valueId);

    public void Read(int index, long minTime, long maxTime, SampleBuffer buffer) => _series[index].Read(minTime, maxTime, buffer);

    public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample) => _series[index].TryReadLast(minTime, maxTime, out sample);
}
