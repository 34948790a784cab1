using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Storage.Wal;

/// <summary>Records of exemplars (docs/formats/wal.md). Which of them came without a timestamp of their own is not in the format.</summary>
internal static class ExemplarRecord
{
    /// <summary>Appends a record of at least one exemplar to the buffer.</summary>
    public static void Encode(ReadOnlySpan<SeriesExemplar> exemplars, RecordBuffer buffer)
    {
        buffer.Put((byte)WalRecordKind.Exemplars);
        EncodeEntries(exemplars, buffer);
    }

    /// <summary>Appends what follows the kind.</summary>
    public static void EncodeEntries(ReadOnlySpan<SeriesExemplar> exemplars, RecordBuffer buffer)
    {
        ulong firstReference = exemplars[0].Series.Value;
        long firstTime = exemplars[0].Exemplar.Timestamp;
        buffer.PutBigEndian(firstReference);
        buffer.PutBigEndian((ulong)firstTime);
        foreach (SeriesExemplar exemplar in exemplars)
        {
            buffer.PutVarint((long)(exemplar.Series.Value - firstReference));
            buffer.PutVarint(exemplar.Exemplar.Timestamp - firstTime);
            buffer.PutBigEndian(BitConverter.DoubleToUInt64Bits(exemplar.Exemplar.Value));
            RecordFields.PutLabels(buffer, exemplar.Exemplar.Labels);
        }
    }

    /// <summary>Appends the exemplars of a record to the list; false, and how far it came, when the record ends inside a field.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> record, List<SeriesExemplar> exemplars)
    {
        var reader = new RecordReader(record[1..]);
        if (reader.AtEnd)
        {
            return true;
        }

        ulong firstReference = reader.ReadBigEndian();
        long firstTime = (long)reader.ReadBigEndian();
        var labels = new LabelsBuilder();
        while (!reader.AtEnd)
        {
            ulong reference = firstReference + (ulong)reader.ReadVarint();
            long time = firstTime + reader.ReadVarint();
            double value = BitConverter.UInt64BitsToDouble(reader.ReadBigEndian());
            if (!RecordFields.TryReadLabels(ref reader, labels))
            {
                return false;
            }

            exemplars.Add(new SeriesExemplar(new SeriesRef(reference), new Exemplar(labels.ToLabels(), value, time, HasTimestamp: false)));
        }

        return !reader.Failed;
    }
}
