using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Remote.Sending;

/// <summary>
/// A <c>prometheus.WriteRequest</c>. The labels of a series are a copy of bytes that were made once; a sample is some twenty bytes behind them. As upstream sends it: each
/// sample and each exemplar in a series message of its own.
/// </summary>
internal sealed class RequestBatchV1(bool tracksAge) : RequestBatch(tracksAge)
{
    private const byte SeriesKey = 0x0a;
    private const byte SampleKey = 0x12;
    private const byte SampleValueKey = 0x09;
    private const byte SampleTimeKey = 0x10;
    private const byte ExemplarKey = 0x1a;
    private const byte HistogramKey = 0x22;
    private const byte ExemplarValueKey = 0x11;
    private const byte ExemplarTimeKey = 0x18;
    private const int MostAround = 64;

    private readonly ProtoBuffer _exemplarLabels = new();

    public override void AddSample(ref CachedSeries series, in LoggedSample sample, SeriesCache cache)
    {
        ReadOnlySpan<byte> labels = cache.LabelsOf(series);
        int length = ProtoBuffer.DoubleLength(sample.Value) + ProtoBuffer.NumberLength((ulong)sample.Timestamp);
        Series.Reserve(labels.Length + MostAround);
        Series.PutHeader(SeriesKey, labels.Length + ProtoBuffer.BytesLength(length));
        Series.Put(labels);
        Series.PutHeader(SampleKey, length);
        Series.PutDouble(SampleValueKey, sample.Value);
        Series.PutNumber(SampleTimeKey, (ulong)sample.Timestamp);
        Samples++;
        Note(sample.Timestamp);
        EndPart(sample.Timestamp, 1, 0, 0);
    }

    public override void AddExemplar(ref CachedSeries series, in Exemplar exemplar, SeriesCache cache)
    {
        _exemplarLabels.Clear();
        LabelEncoding.Write(exemplar.Labels, _exemplarLabels);
        ReadOnlySpan<byte> labels = cache.LabelsOf(series);
        int length = _exemplarLabels.Length + ProtoBuffer.DoubleLength(exemplar.Value) + ProtoBuffer.NumberLength((ulong)exemplar.Timestamp);
        Series.PutHeader(SeriesKey, labels.Length + ProtoBuffer.BytesLength(length));
        Series.Put(labels);
        Series.PutHeader(ExemplarKey, length);
        Series.Put(_exemplarLabels.Written);
        Series.PutDouble(ExemplarValueKey, exemplar.Value);
        Series.PutNumber(ExemplarTimeKey, (ulong)exemplar.Timestamp);
        Exemplars++;
        Note(exemplar.Timestamp);
        EndPart(exemplar.Timestamp, 0, 1, 0);
    }

    public override void AddHistogram(ref CachedSeries series, in LoggedHistogram histogram, SeriesCache cache)
    {
        Histogram.Clear();
        HistogramEncoding.Write(Histogram, histogram.Timestamp, histogram.Histogram);
        ReadOnlySpan<byte> labels = cache.LabelsOf(series);
        Series.PutHeader(SeriesKey, labels.Length + ProtoBuffer.BytesLength(Histogram.Length));
        Series.Put(labels);
        Series.PutHeader(HistogramKey, Histogram.Length);
        Series.Put(Histogram.Written.Span);
        Histograms++;
        Note(histogram.Timestamp);
        EndPart(histogram.Timestamp, 0, 0, 1);
    }

    public override void Seal(SeriesCache cache)
    {
        // Written as it came.
    }
}
