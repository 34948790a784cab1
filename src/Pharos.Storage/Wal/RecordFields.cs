using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Storage.Wal;

/// <summary>Label sets and texts in records: a count of labels, then names and values in turn, each after its length as a varint.</summary>
internal static class RecordFields
{
    // Far above what anybody stores, far below what would hurt.
    private const ulong MaxLabels = 1 << 16;

    public static void PutText(RecordBuffer buffer, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        buffer.PutUvarint((ulong)length);
        Encoding.UTF8.GetBytes(text, buffer.Reserve(length));
        buffer.Advance(length);
    }

    public static void PutLabels(RecordBuffer buffer, Labels labels)
    {
        buffer.PutUvarint((ulong)labels.Count);
        foreach (Label label in labels.AsSpan())
        {
            PutText(buffer, label.Name);
            PutText(buffer, label.Value);
        }
    }

    /// <summary>Reads a label set; false when the record ends inside it or claims more labels than there can be.</summary>
    public static bool TryReadLabels(ref RecordReader reader, LabelsBuilder builder)
    {
        builder.Reset();
        ulong count = reader.ReadUvarint();
        for (ulong i = 0; i < count && !reader.Failed; i++)
        {
            if (i == MaxLabels)
            {
                return false;
            }

            ReadOnlySpan<byte> name = reader.ReadField();
            ReadOnlySpan<byte> value = reader.ReadField();
            builder.Set(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(value));
        }

        return !reader.Failed;
    }
}
