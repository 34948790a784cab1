using System.Text;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Receiving;

/// <summary>Reads one <c>Exemplar</c> message.</summary>
internal static class ExemplarMessage
{
    private const int LabelsField = 1;
    private const int ValueField = 2;
    private const int TimestampField = 3;
    private const int MaxLabelBytes = 4 * Exemplar.MaxLabelLength;

    /// <summary>
    /// Reads the exemplar; false when it is malformed. <paramref name="isTooLong"/> when its labels are surely longer than they may be: they are not complete then.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> message, LabelsBuilder labels, out Exemplar exemplar, out bool isTooLong, out string? error)
    {
        labels.Reset();
        double value = 0;
        ulong timestamp = 0;
        int length = 0;
        var reader = new ProtoReader(message);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            switch (field, wireType)
            {
                case (LabelsField, ProtoReader.Bytes):
                    ReadLabel(ref reader, labels, ref length);
                    break;
                case (ValueField, ProtoReader.Fixed64):
                    reader.TryReadDouble(out value);
                    break;
                case (TimestampField, ProtoReader.Varint):
                    reader.TryReadVarint(out timestamp);
                    break;
                case (LabelsField or ValueField or TimestampField, _):
                    reader.Fail($"wire type {wireType} for field {field} of an exemplar");
                    break;
                default:
                    reader.TrySkip(wireType);
                    break;
            }
        }

        isTooLong = length > MaxLabelBytes;
        exemplar = new Exemplar(labels.ToLabels(), value, (long)timestamp, timestamp != 0);
        error = reader.Error;
        return error is null;
    }

    private static void ReadLabel(ref ProtoReader reader, LabelsBuilder labels, ref int length)
    {
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> message))
        {
            return;
        }

        if (!LabelSection.TryReadLabel(message, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out string? error))
        {
            reader.Fail(error!);
            return;
        }

        if (value.IsEmpty)
        {
            return;
        }

        length = (int)Math.Min((long)length + name.Length + value.Length, int.MaxValue);
        if (length <= MaxLabelBytes)
        {
            labels.Set(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(value));
        }
    }
}
