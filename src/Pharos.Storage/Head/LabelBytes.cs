using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Storage.Head;

/// <summary>
/// Label sets in the form in which they are hashed: per label <c>0x0a len { 0x0a len name 0x12 len value }</c>, lengths as minimal varints, sorted by name.
/// See <see cref="Pharos.Core.Contracts.ISeriesAppender"/>.
/// </summary>
internal static class LabelBytes
{
    /// <summary>Bytes that encoding the set takes at most.</summary>
    public static int MaxLength(Labels labels)
    {
        int length = 0;
        foreach (Label label in labels.AsSpan())
        {
            length += 18 + (3 * (label.Name.Length + label.Value.Length));
        }

        return length;
    }

    /// <summary>Writes the set; returns the length.</summary>
    public static int Encode(Labels labels, Span<byte> destination)
    {
        int at = 0;
        foreach (Label label in labels.AsSpan())
        {
            if (TryEncodeAscii(label, destination, ref at))
            {
                continue;
            }

            int name = Encoding.UTF8.GetByteCount(label.Name);
            int value = Encoding.UTF8.GetByteCount(label.Value);
            at = WriteHeaders(destination, at, name, value);
            at += Encoding.UTF8.GetBytes(label.Name, destination[at..]);
            at = WriteTag(destination, at, 0x12, value);
            at += Encoding.UTF8.GetBytes(label.Value, destination[at..]);
        }

        return at;
    }

    /// <summary>Writes one label at the place; returns where it ends. Takes at most 18 bytes more than name and value.</summary>
    public static int Write(Span<byte> destination, int at, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        at = WriteHeaders(destination, at, name.Length, value.Length);
        name.CopyTo(destination[at..]);
        at = WriteTag(destination, at + name.Length, 0x12, value.Length);
        value.CopyTo(destination[at..]);
        return at + value.Length;
    }

    /// <summary>How many labels there are.</summary>
    public static int Count(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        while (bytes.Length > 0)
        {
            bytes = bytes[1..];
            int length = ReadLength(ref bytes);
            bytes = bytes[length..];
            count++;
        }

        return count;
    }

    /// <summary>Writes names and values in turn, each after its length as a varint; returns the length, which is less than that of the bytes.</summary>
    public static int CopyFields(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        int at = 0;
        while (bytes.Length > 0)
        {
            bytes = bytes[1..];
            int length = ReadLength(ref bytes);
            ReadOnlySpan<byte> label = bytes[..length];
            bytes = bytes[length..];

            // What follows the tag of a field is its length and itself, just as it is wanted.
            ReadOnlySpan<byte> name = label[1..];
            ReadOnlySpan<byte> rest = name;
            int nameLength = ReadLength(ref rest);
            int nameField = name.Length - rest.Length + nameLength;
            name[..nameField].CopyTo(destination[at..]);
            at += nameField;
            ReadOnlySpan<byte> value = name[(nameField + 1)..];
            value.CopyTo(destination[at..]);
            at += value.Length;
        }

        return at;
    }

    /// <summary>Takes the first label off the bytes, which this class or a check has written.</summary>
    public static void Read(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        bytes = bytes[1..];
        ReadLength(ref bytes);
        name = ReadField(ref bytes);
        value = ReadField(ref bytes);
    }

    // Nearly all labels: as many bytes as characters.
    private static bool TryEncodeAscii(Label label, Span<byte> destination, ref int at)
    {
        int end = WriteHeaders(destination, at, label.Name.Length, label.Value.Length);
        if (Ascii.FromUtf16(label.Name, destination[end..], out int written) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        end = WriteTag(destination, end + written, 0x12, label.Value.Length);
        if (Ascii.FromUtf16(label.Value, destination[end..], out written) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        at = end + written;
        return true;
    }

    private static ReadOnlySpan<byte> ReadField(ref ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[1..];
        int length = ReadLength(ref bytes);
        ReadOnlySpan<byte> field = bytes[..length];
        bytes = bytes[length..];
        return field;
    }

    private static int ReadLength(ref ReadOnlySpan<byte> bytes)
    {
        int length = 0;
        for (int i = 0; ; i++)
        {
            byte b = bytes[i];
            length |= (b & 0x7f) << (7 * i);
            if (b < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return length;
            }
        }
    }

    private static int WriteHeaders(Span<byte> destination, int at, int name, int value)
    {
        at = WriteTag(destination, at, 0x0a, 2 + VarintLength(name) + name + VarintLength(value) + value);
        return WriteTag(destination, at, 0x0a, name);
    }

    private static int WriteTag(Span<byte> destination, int at, byte tag, int length)
    {
        destination[at++] = tag;
        uint rest = (uint)length;
        for (; rest >= 0x80; rest >>= 7)
        {
            destination[at++] = (byte)(rest | 0x80);
        }

        destination[at++] = (byte)rest;
        return at;
    }

    private static int VarintLength(int value) => value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;
}
