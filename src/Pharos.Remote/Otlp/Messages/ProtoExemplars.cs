using Pharos.Remote.Receiving;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>Reads <c>Exemplar</c> messages.</summary>
internal sealed class ProtoExemplars(OtlpMessage message, ProtoAttributes attributes)
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    /// <summary>Reads one exemplar, whose bytes come next, to the end of the list of exemplars.</summary>
    public bool Read(ref ProtoReader outer, int wireType)
    {
        if (wireType != ProtoReader.Bytes || !outer.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return outer.Fail($"wire type {wireType} for an exemplar");
        }

        var exemplar = new OtlpExemplar();
        int first = message.ExemplarAttributes.Count;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int type))
        {
            _ = field switch
            {
                2 or 3 or 6 => ReadNumber(ref reader, field, type, ref exemplar),
                4 or 5 => ReadId(ref reader, field, type, ref exemplar),
                7 => attributes.Read(ref reader, type, message.ExemplarAttributes),
                _ => reader.TrySkip(type),
            };
        }

        exemplar.Attributes = Slice.Since(message.ExemplarAttributes, first);
        message.Exemplars.Add(exemplar);
        return ProtoFields.End(ref outer, reader.Error, "exemplar", message.CountElement());
    }

    private static bool ReadNumber(ref ProtoReader reader, int field, int wireType, ref OtlpExemplar exemplar)
    {
        if (!ProtoFields.TryReadFixed64(ref reader, wireType, out ulong bits))
        {
            return false;
        }

        exemplar.Time = field == 2 ? bits : exemplar.Time;
        exemplar.HasValue |= field != 2;
        exemplar.Value = field switch
        {
            3 => BitConverter.UInt64BitsToDouble(bits),
            6 => (long)bits,
            _ => exemplar.Value,
        };
        return true;
    }

    private static bool ReadId(ref ProtoReader reader, int field, int wireType, ref OtlpExemplar exemplar)
    {
        if (wireType != ProtoReader.Bytes)
        {
            return ProtoFields.WrongType(ref reader, field, wireType);
        }

        int expected = field == 5 ? TraceIdBytes : SpanIdBytes;
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> id))
        {
            return false;
        }

        if (id.Length != 0 && id.Length != expected)
        {
            return reader.Fail($"{id.Length} bytes for the id of a {(field == 5 ? "trace" : "span")}, which has {expected}");
        }

        // An id of zeros is none.
        string text = id.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(id) : "";
        exemplar.TraceId = field == 5 ? text : exemplar.TraceId;
        exemplar.SpanId = field == 4 ? text : exemplar.SpanId;
        return true;
    }
}
