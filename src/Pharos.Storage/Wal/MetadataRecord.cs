using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Storage.Wal;

/// <summary>Records of types, units and help texts (docs/formats/wal.md). Fields of other names are passed over.</summary>
internal static class MetadataRecord
{
    /// <summary>Appends a record to the buffer.</summary>
    public static void Encode(ReadOnlySpan<SeriesMetadata> metadata, RecordBuffer buffer)
    {
        buffer.Put((byte)WalRecordKind.Metadata);
        foreach (SeriesMetadata entry in metadata)
        {
            buffer.PutUvarint(entry.Series.Value);
            buffer.Put((byte)entry.Type);
            buffer.PutUvarint(2);
            RecordFields.PutText(buffer, "UNIT");
            RecordFields.PutText(buffer, entry.Unit);
            RecordFields.PutText(buffer, "HELP");
            RecordFields.PutText(buffer, entry.Help);
        }
    }

    /// <summary>Appends the entries of a record to the list; false when the record ends inside a field.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> record, List<SeriesMetadata> metadata)
    {
        var reader = new RecordReader(record[1..]);
        while (!reader.AtEnd)
        {
            ulong reference = reader.ReadUvarint();
            byte type = reader.ReadByte();
            ulong fields = reader.ReadUvarint();
            string unit = "";
            string help = "";
            for (ulong i = 0; i < fields && !reader.Failed; i++)
            {
                ReadOnlySpan<byte> name = reader.ReadField();
                ReadOnlySpan<byte> value = reader.ReadField();
                if (name.SequenceEqual("UNIT"u8))
                {
                    unit = Encoding.UTF8.GetString(value);
                }
                else if (name.SequenceEqual("HELP"u8))
                {
                    help = Encoding.UTF8.GetString(value);
                }
            }

            if (reader.Failed)
            {
                return false;
            }

            MetricType known = type <= (byte)MetricType.StateSet ? (MetricType)type : MetricType.Unknown;
            metadata.Add(new SeriesMetadata(new SeriesRef(reference), known, unit, help));
        }

        return !reader.Failed;
    }
}
