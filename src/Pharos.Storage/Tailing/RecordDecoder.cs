using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Storage.Head;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Tailing;

/// <summary>Decodes records of the log for those who follow it. Stateless.</summary>
internal sealed class RecordDecoder
{
    private const int LeastSampleBytes = 10;
    private readonly LogContent _content;

    /// <param name="content">Other kinds are passed over.</param>
    public RecordDecoder(LogContent content)
    {
        _content = content;
    }

    /// <summary>Fills the record, which is empty; false when the bytes end inside a field. Kinds that nobody wants, and those that are unknown, leave it empty.</summary>
    public bool TryDecode(ReadOnlySpan<byte> bytes, LoggedRecord record) => bytes.IsEmpty || (WalRecordKind)bytes[0] switch
    {
        WalRecordKind.Series when Wants(LogContent.Series) => TryDecodeSeries(bytes[1..], record),
        WalRecordKind.Samples when Wants(LogContent.Samples) => TryDecodeSamples(bytes[1..], record),
        WalRecordKind.SamplesWithStart when Wants(LogContent.Samples) => TryDecodeSamplesWithStart(bytes[1..], record),
        WalRecordKind.SamplesWithStart => true,
        WalRecordKind.Exemplars when Wants(LogContent.Exemplars) => ExemplarRecord.TryDecode(bytes, record.Exemplars),
        >= WalRecordKind.HistogramSamples and <= WalRecordKind.FloatHistogramSamplesWithStart when Wants(LogContent.Histograms) => TryDecodeHistograms(bytes, record),
        WalRecordKind.Metadata when Wants(LogContent.Metadata) => MetadataRecord.TryDecode(bytes, record.Metadata),
        _ => true,
    };

    private bool Wants(LogContent content) => (_content & content) != 0;

    private static bool TryDecodeSeries(ReadOnlySpan<byte> bytes, LoggedRecord record)
    {
        var reader = new RecordReader(bytes);
        while (!reader.AtEnd)
        {
            var series = new SeriesRef(reader.ReadBigEndian());
            ulong count = reader.ReadUvarint();
            int length = 0;
            for (ulong i = 0; i < count && !reader.Failed; i++)
            {
                ReadOnlySpan<byte> name = reader.ReadField();
                ReadOnlySpan<byte> value = reader.ReadField();
                Span<byte> room = record.ReserveLabels(length, name.Length + value.Length + 18);
                length = LabelBytes.Write(room, length, name, value);
            }

            if (reader.Failed)
            {
                return false;
            }

            record.EndSeries(series, length);
        }

        return true;
    }

    private static bool TryDecodeSamples(ReadOnlySpan<byte> bytes, LoggedRecord record)
    {
        if (bytes.IsEmpty)
        {
            return true;
        }

        var reader = new RecordReader(bytes);
        ulong firstReference = reader.ReadBigEndian();
        long firstTime = (long)reader.ReadBigEndian();
        Span<LoggedSample> samples = record.ReserveSamples(bytes.Length / LeastSampleBytes);
        int count = 0;
        while (!reader.AtEnd)
        {
            ulong reference = firstReference + (ulong)reader.ReadVarint();
            long time = firstTime + reader.ReadVarint();
            ulong value = reader.ReadBigEndian();
            if (reader.Failed)
            {
                return false;
            }

            samples[count++] = new LoggedSample(new SeriesRef(reference), time, BitConverter.UInt64BitsToDouble(value), 0);
        }

        record.EndSamples(count);
        return !reader.Failed;
    }

    // Those that mean nothing are left out, as when the log is replayed.
    private static bool TryDecodeHistograms(ReadOnlySpan<byte> bytes, LoggedRecord record)
    {
        var samples = new RecordSamples(bytes);
        while (samples.MoveNext())
        {
            if (!samples.Histogram.IsNone)
            {
                record.Histograms.Add(new LoggedHistogram(new SeriesRef(samples.Reference), samples.Time, samples.Histogram));
            }
        }

        return !samples.Failed;
    }

    // References count from the sample before, times and starts from the first sample; a byte says that there is no start, or that it is the one before.
    private static bool TryDecodeSamplesWithStart(ReadOnlySpan<byte> bytes, LoggedRecord record)
    {
        const byte NoStart = 0;
        const byte SameStart = 1;
        var reader = new RecordReader(bytes);
        Span<LoggedSample> samples = record.ReserveSamples(bytes.Length / LeastSampleBytes);
        int count = 0;
        LoggedSample first = default;
        LoggedSample before = default;
        while (!reader.AtEnd)
        {
            ulong reference = before.Series.Value + (ulong)reader.ReadVarint();
            long time = first.Timestamp + reader.ReadVarint();
            byte marker = count == 0 ? byte.MaxValue : reader.ReadByte();
            long start = marker switch
            {
                NoStart => 0,
                SameStart => before.StartTimestamp,
                _ => first.StartTimestamp + reader.ReadVarint(),
            };
            ulong value = reader.ReadBigEndian();
            if (reader.Failed)
            {
                return false;
            }

            before = new LoggedSample(new SeriesRef(reference), time, BitConverter.UInt64BitsToDouble(value), start);
            first = count == 0 ? before : first;
            samples[count++] = before;
        }

        record.EndSamples(count);
        return !reader.Failed;
    }
}
