using Pharos.Remote.Receiving;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>What the readers of all messages share. A method that fails leaves the reader failed, with what is wrong.</summary>
internal static class ProtoFields
{
    /// <summary>Says that a field has another type than its message gives it; false.</summary>
    public static bool WrongType(ref ProtoReader reader, int field, int wireType) => reader.Fail($"wire type {wireType} for field {field}");

    /// <summary>Reads a string; the empty one where that fails.</summary>
    public static bool TryReadString(ref ProtoReader reader, int wireType, Utf8Strings strings, out string text)
    {
        text = "";
        if (wireType != ProtoReader.Bytes)
        {
            return reader.Fail($"wire type {wireType} for a string");
        }

        return reader.TryReadBytes(out ReadOnlySpan<byte> bytes) && (strings.TryGet(bytes, out text) || reader.Fail("invalid UTF-8"));
    }

    public static bool TryReadFixed64(ref ProtoReader reader, int wireType, out ulong value)
    {
        value = 0;
        return wireType == ProtoReader.Fixed64 ? reader.TryReadFixed64(out value) : reader.Fail($"wire type {wireType} for a number of 8 bytes");
    }

    public static bool TryReadDouble(ref ProtoReader reader, int wireType, out double value)
    {
        bool read = TryReadFixed64(ref reader, wireType, out ulong bits);
        value = BitConverter.UInt64BitsToDouble(bits);
        return read;
    }

    public static bool TryReadVarint(ref ProtoReader reader, int wireType, out ulong value)
    {
        value = 0;
        return wireType == ProtoReader.Varint ? reader.TryReadVarint(out value) : reader.Fail($"wire type {wireType} for a number");
    }

    /// <summary>Reads a number that is written so that small negative ones are short.</summary>
    public static bool TryReadZigZag(ref ProtoReader reader, int wireType, out int value)
    {
        bool read = TryReadVarint(ref reader, wireType, out ulong bits);
        value = (int)((uint)bits >> 1) ^ -(int)(bits & 1);
        return read;
    }

    /// <summary>Ends an inner message: hands its failure, or <paramref name="refusal"/>, to the outer one.</summary>
    public static bool End(ref ProtoReader outer, string? failure, string what, string? refusal = null)
    {
        if (failure is not null)
        {
            return outer.FailInside($"{what}: {failure}");
        }

        return refusal is null || outer.Fail(refusal);
    }
}
