using System.Buffers.Binary;
using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Sending;

/// <summary>
/// An <c>io.prometheus.write.v2.Request</c>. Entries are collected and written when the batch is sealed, so that exemplars, which come behind the samples of their scrape, go into
/// the series message of their sample: the format wants a sample in each. An exemplar whose sample has left already goes alone, as upstream sends all of them.
/// </summary>
internal sealed class RequestBatchV2(bool tracksAge) : RequestBatch(tracksAge)
{
    private const byte SeriesKey = 0x2a;
    private const byte LabelsKey = 0x0a;
    private const byte SampleKey = 0x12;
    private const byte HistogramKey = 0x1a;
    private const byte ExemplarKey = 0x22;
    private const byte MetadataKey = 0x2a;
    private const byte ValueKey = 0x09;
    private const byte TimeKey = 0x10;
    private const byte StartKey = 0x18;
    private const byte ExemplarValueKey = 0x11;
    private const byte ExemplarTimeKey = 0x18;
    private const byte TypeKey = 0x08;
    private const byte HelpKey = 0x18;
    private const byte UnitKey = 0x20;
    private const int None = -1;

    private readonly RequestSymbols _symbols = new();
    private readonly ProtoBuffer _labels = new();
    private readonly ProtoBuffer _histograms = new();
    private readonly ProtoBuffer _references = new();
    private readonly ProtoBuffer _exemplarFields = new();
    private readonly List<(Exemplar Exemplar, int Next)> _exemplars = [];
    private Entry[] _entries = new Entry[64];
    private int _count;

    protected override ReadOnlySpan<byte> Prelude => _symbols.Encoded;

    public override void AddSample(ref CachedSeries series, in LoggedSample sample, SeriesCache cache)
    {
        series.Batch = Number;
        series.Item = Add(series, cache);
        _entries[series.Item].Sample = sample;
        _entries[series.Item].HasSample = true;
        Samples++;
        Note(sample.Timestamp);
    }

    public override void AddExemplar(ref CachedSeries series, in Exemplar exemplar, SeriesCache cache)
    {
        int item = series.Batch == Number ? series.Item : Add(series, cache);
        _exemplars.Add((exemplar, _entries[item].FirstExemplar));
        _entries[item].FirstExemplar = _exemplars.Count - 1;
        Exemplars++;
        Note(exemplar.Timestamp);
    }

    public override void AddHistogram(ref CachedSeries series, in LoggedHistogram histogram, SeriesCache cache)
    {
        Histogram.Clear();
        HistogramEncoding.Write(Histogram, histogram.Timestamp, histogram.Histogram);
        series.Batch = Number;
        series.Item = Add(series, cache);
        ref Entry entry = ref _entries[series.Item];
        (entry.Histogram, entry.HistogramLength) = (_histograms.Length, Histogram.Length);
        entry.Sample = new LoggedSample(histogram.Series, histogram.Timestamp, 0, 0);
        _histograms.Put(Histogram.Written.Span);
        Histograms++;
        Note(histogram.Timestamp);
    }

    public override void Seal(SeriesCache cache)
    {
        _symbols.Clear();
        for (int i = 0; i < _count; i++)
        {
            Write(_entries[i], cache.Symbols);
        }
    }

    protected override void Clear()
    {
        base.Clear();
        _labels.Clear();
        _histograms.Clear();
        _exemplars.Clear();
        _count = 0;
    }

    private int Add(in CachedSeries series, SeriesCache cache)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * _count);
        }

        _entries[_count] = new Entry { Labels = _labels.Length, LabelsLength = series.Length, Metadata = cache.MetadataOf(series), FirstExemplar = None };
        _labels.Put(cache.LabelsOf(series));
        return _count++;
    }

    private void Write(in Entry entry, SymbolTable table)
    {
        _references.Clear();
        for (ReadOnlySpan<byte> ids = _labels.Written.Slice(entry.Labels, entry.LabelsLength); !ids.IsEmpty; ids = ids[sizeof(int)..])
        {
            _references.PutVarint((ulong)_symbols.NumberOf(BinaryPrimitives.ReadInt32LittleEndian(ids), table));
        }

        int exemplars = WriteExemplars(entry.FirstExemplar, table);
        ulong type = (ulong)entry.Metadata.Type;
        ulong help = (ulong)_symbols.NumberOf(entry.Metadata.Help, table);
        ulong unit = (ulong)_symbols.NumberOf(entry.Metadata.Unit, table);
        int metadata = ProtoBuffer.NumberLength(type) + ProtoBuffer.NumberLength(help) + ProtoBuffer.NumberLength(unit);
        int sample = SampleLength(entry.Sample);
        int length = ProtoBuffer.BytesLength(_references.Length) + _exemplarFields.Length
            + (entry.HasSample ? ProtoBuffer.BytesLength(sample) : 0) + (entry.HistogramLength > 0 ? ProtoBuffer.BytesLength(entry.HistogramLength) : 0) + (metadata > 0 ? ProtoBuffer.BytesLength(metadata) : 0);
        Series.PutHeader(SeriesKey, length);
        Series.PutHeader(LabelsKey, _references.Length);
        Series.Put(_references.Written);
        if (entry.HasSample)
        {
            Series.PutHeader(SampleKey, sample);
            Series.PutDouble(ValueKey, entry.Sample.Value);
            Series.PutNumber(TimeKey, (ulong)entry.Sample.Timestamp);
            Series.PutNumber(StartKey, (ulong)entry.Sample.StartTimestamp);
        }

        if (entry.HistogramLength > 0)
        {
            Series.PutHeader(HistogramKey, entry.HistogramLength);
            Series.Put(_histograms.Written.Slice(entry.Histogram, entry.HistogramLength));
        }

        Series.Put(_exemplarFields.Written);
        if (metadata > 0)
        {
            Metadata++;
            Series.PutHeader(MetadataKey, metadata);
            Series.PutNumber(TypeKey, type);
            Series.PutNumber(HelpKey, help);
            Series.PutNumber(UnitKey, unit);
        }

        bool isExemplar = !entry.HasSample && entry.HistogramLength == 0;
        EndPart(isExemplar ? _exemplars[entry.FirstExemplar].Exemplar.Timestamp : entry.Sample.Timestamp, entry.HasSample ? 1 : 0, exemplars, entry.HistogramLength > 0 ? 1 : 0);
    }

    private static int SampleLength(in LoggedSample sample) => ProtoBuffer.DoubleLength(sample.Value)
        + ProtoBuffer.NumberLength((ulong)sample.Timestamp) + ProtoBuffer.NumberLength((ulong)sample.StartTimestamp);

    // The exemplars of an entry, linked from the last to the first, oldest first.
    private int WriteExemplars(int last, SymbolTable table)
    {
        _exemplarFields.Clear();
        if (last == None)
        {
            return 0;
        }

        var order = new Stack<int>();
        for (int i = last; i != None; i = _exemplars[i].Next)
        {
            order.Push(i);
        }

        foreach (int i in order)
        {
            WriteExemplar(_exemplars[i].Exemplar, table);
        }

        return order.Count;
    }

    private void WriteExemplar(in Exemplar exemplar, SymbolTable table)
    {
        var references = new ProtoBuffer();
        foreach (Label label in exemplar.Labels.AsSpan())
        {
            references.PutVarint((ulong)_symbols.NumberOf(table.Intern(Encoding.UTF8.GetBytes(label.Name)), table));
            references.PutVarint((ulong)_symbols.NumberOf(table.Intern(Encoding.UTF8.GetBytes(label.Value)), table));
        }

        int length = (references.Length > 0 ? ProtoBuffer.BytesLength(references.Length) : 0)
            + ProtoBuffer.DoubleLength(exemplar.Value) + ProtoBuffer.NumberLength((ulong)exemplar.Timestamp);
        _exemplarFields.PutHeader(ExemplarKey, length);
        if (references.Length > 0)
        {
            _exemplarFields.PutHeader(LabelsKey, references.Length);
            _exemplarFields.Put(references.Written);
        }

        _exemplarFields.PutDouble(ExemplarValueKey, exemplar.Value);
        _exemplarFields.PutNumber(ExemplarTimeKey, (ulong)exemplar.Timestamp);
    }

    // Of a histogram the sample has the time only.
    private struct Entry
    {
        public int Labels;
        public int LabelsLength;
        public int FirstExemplar;
        public bool HasSample;
        public int Histogram;
        public int HistogramLength;
        public LoggedSample Sample;
        public CachedMetadata Metadata;
    }
}
