using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Remote.Sending;

/// <summary>Label sets as the <c>labels</c> fields of a series or an exemplar of version 1, which are also the label bytes of the store.</summary>
internal static class LabelEncoding
{
    private const byte LabelKey = 0x0a;
    private const byte NameKey = 0x0a;
    private const byte ValueKey = 0x12;

    public static void Write(Labels labels, ProtoBuffer buffer)
    {
        foreach (Label label in labels.AsSpan())
        {
            int name = Encoding.UTF8.GetByteCount(label.Name);
            int value = Encoding.UTF8.GetByteCount(label.Value);
            buffer.PutHeader(LabelKey, ProtoBuffer.BytesLength(name) + ProtoBuffer.BytesLength(value));
            PutText(buffer, NameKey, label.Name, name);
            PutText(buffer, ValueKey, label.Value, value);
        }
    }

    /// <summary>A string field.</summary>
    public static void PutText(ProtoBuffer buffer, byte key, string text) => PutText(buffer, key, text, Encoding.UTF8.GetByteCount(text));

    /// <summary>Takes the first label off label bytes, which the store has written.</summary>
    public static void Take(scoped ref ReadOnlySpan<byte> labelBytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> label = TakeField(ref labelBytes);
        name = TakeField(ref label);
        value = TakeField(ref label);
    }

    /// <summary>Adds the labels of label bytes to a builder.</summary>
    public static void Read(ReadOnlySpan<byte> labelBytes, LabelsBuilder builder)
    {
        while (!labelBytes.IsEmpty)
        {
            Take(ref labelBytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            builder.Set(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(value));
        }
    }

    private static void PutText(ProtoBuffer buffer, byte key, string text, int length)
    {
        buffer.PutHeader(key, length);
        buffer.Put(text, length);
    }

    private static ReadOnlySpan<byte> TakeField(scoped ref ReadOnlySpan<byte> bytes)
    {
        int length = 0;
        int at = 1;
        for (int shift = 0; ; shift += 7)
        {
            byte b = bytes[at++];
            length |= (b & 0x7f) << shift;
            if (b < 0x80)
            {
                break;
            }
        }

        ReadOnlySpan<byte> field = bytes.Slice(at, length);
        bytes = bytes[(at + length)..];
        return field;
    }
}
