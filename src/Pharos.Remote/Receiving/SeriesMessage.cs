using System.Buffers.Binary;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Receiving;

/// <summary>The bytes of one <c>TimeSeries</c> message: where its labels end, what else it holds.</summary>
internal ref struct SeriesMessage
{
    private const int LabelsField = 1;
    private const int SamplesField = 2;
    private const int ExemplarsField = 3;
    private const int HistogramsField = 4;

    private const byte SampleKey = (SamplesField << 3) | ProtoReader.Bytes;

    // A sample with a time between 2004 and 2109: 12 10 { 09 value 10 time }, and where the value is zero 12 07 { 10 time }.
    private const int UsualLength = 18;
    private const int UsualValue = 3;
    private const int ZeroLength = 9;
    private const int TimeLength = 6;

    // A varint of six bytes: all but the last have the highest bit.
    private const ulong ContinuationBits = 0x8080_8080_8080;
    private const ulong SixByteNumber = 0x0080_8080_8080;

    private readonly ReadOnlySpan<byte> _message;

    private SeriesMessage(ReadOnlySpan<byte> message)
    {
        _message = message;
    }

    /// <summary>The run of label fields at the start.</summary>
    public readonly ReadOnlySpan<byte> LabelBytes => _message[..LabelsEnd];

    /// <summary>Whether all labels are in that run, so that its bytes name the series.</summary>
    public bool LabelsAreTogether { get; private set; }

    public int LabelsEnd { get; private set; }

    public int Samples { get; private set; }

    public int Exemplars { get; private set; }

    public int Histograms { get; private set; }

    /// <summary>
    /// Takes the last 18 bytes (9 for a zero) for the only sample and what precedes for the labels. This is a guess: the end of a label may look like it. It is right when
    /// the bytes before are known as the labels of a series, because only whole label sections ever become known.
    /// </summary>
    public static bool TryGuess(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> labelBytes, out Sample sample)
    {
        if (message.Length > UsualLength && TryReadUsual(message[^UsualLength..], out sample))
        {
            labelBytes = message[..^UsualLength];
            return true;
        }

        if (message.Length > ZeroLength && TryReadZero(message[^ZeroLength..], out sample))
        {
            labelBytes = message[..^ZeroLength];
            return true;
        }

        labelBytes = default;
        sample = default;
        return false;
    }

    /// <summary>Walks the whole message; false, and the error, when it is malformed. What samples and labels hold is not looked at.</summary>
    public static bool TryWalk(ReadOnlySpan<byte> message, out SeriesMessage series, out string? error)
    {
        series = new SeriesMessage(message) { LabelsAreTogether = true };
        var reader = new ProtoReader(message);
        bool inLabels = true;
        while (true)
        {
            int samples = reader.SkipAll(SampleKey);
            series.Samples += samples;
            inLabels &= samples == 0;
            if (!reader.TryReadKey(out int field, out int wireType))
            {
                break;
            }

            inLabels &= field == LabelsField;
            series.LabelsAreTogether &= inLabels || field != LabelsField;
            series.Samples += field == SamplesField ? 1 : 0;
            series.Exemplars += field == ExemplarsField ? 1 : 0;
            series.Histograms += field == HistogramsField ? 1 : 0;
            if (field is >= LabelsField and <= HistogramsField && wireType != ProtoReader.Bytes)
            {
                reader.Fail($"wire type {wireType} for field {field} of a series");
            }
            else if (reader.TrySkip(wireType) && inLabels)
            {
                series.LabelsEnd = reader.Position;
            }
        }

        error = reader.Error;
        return error is null;
    }

    /// <summary>
    /// Reads every sample in turn into the batch, or only checks them when there is none; those after <paramref name="maxTime"/> are left out and counted.
    /// False when one is malformed.
    /// </summary>
    public readonly bool TryReadSamples(SeriesRef series, SampleBatch? batch, long maxTime, out int tooFarAhead, out string? error)
    {
        tooFarAhead = 0;
        error = null;
        var reader = new ProtoReader(_message, LabelsAreTogether ? LabelsEnd : 0);
        while (true)
        {
            if (TryReadUsual(reader.Rest, out Sample sample))
            {
                reader.Advance(UsualLength);
            }
            else if (TryReadZero(reader.Rest, out sample))
            {
                reader.Advance(ZeroLength);
            }
            else if (!reader.TryReadKey(out int field, out int wireType))
            {
                break;
            }
            else if (field != SamplesField)
            {
                reader.TrySkip(wireType);
                continue;
            }
            else if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes) || !TryReadSample(bytes, out sample, out error))
            {
                error = reader.Error ?? error;
                return false;
            }

            if (sample.Timestamp > maxTime)
            {
                tooFarAhead++;
            }
            else
            {
                batch?.Add(series, sample.Timestamp, sample.Value);
            }
        }

        error = reader.Error;
        return error is null;
    }

    /// <summary>
    /// Reads the exemplars in turn into the list, or only checks them when there is none; those after <paramref name="maxTime"/> and those whose labels are too long
    /// are left out. Ends when the list has more than <paramref name="limit"/>. False when one is malformed.
    /// </summary>
    public readonly bool TryReadExemplars(SeriesRef series, List<SeriesExemplar>? exemplars, int limit, long maxTime, out string? error)
    {
        var labels = new LabelsBuilder();
        var reader = new ProtoReader(_message, LabelsAreTogether ? LabelsEnd : 0);
        error = null;
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field != ExemplarsField)
            {
                reader.TrySkip(wireType);
                continue;
            }

            if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes) || !ExemplarMessage.TryRead(bytes, labels, out Exemplar exemplar, out bool isTooLong, out error))
            {
                error = reader.Error ?? error;
                return false;
            }

            if (exemplars is not null && !isTooLong && exemplar.Timestamp <= maxTime)
            {
                exemplars.Add(new SeriesExemplar(series, exemplar));
                if (exemplars.Count > limit)
                {
                    return true;
                }
            }
        }

        error = reader.Error;
        return error is null;
    }

    /// <summary>
    /// Reads the histograms in turn into the batch, or only checks that they are well-formed when there is none; those after <paramref name="maxTime"/> and those that make no sense
    /// are left out, with a word each. False when one is malformed.
    /// </summary>
    public readonly bool TryReadHistograms(SeriesRef series, SampleBatch? batch, HistogramMessage histogram, long maxTime, List<string> refused, out string? error)
    {
        var reader = new ProtoReader(_message, LabelsAreTogether ? LabelsEnd : 0);
        error = null;
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field != HistogramsField)
            {
                reader.TrySkip(wireType);
                continue;
            }

            if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes) || !histogram.TryRead(bytes, out error))
            {
                error = reader.Error ?? error;
                return false;
            }

            if (batch is not null)
            {
                histogram.AddTo(batch, series, maxTime, refused);
            }
        }

        error = reader.Error;
        return error is null;
    }

    // A sample field as nearly all senders write it, at the start of the bytes.
    private static bool TryReadUsual(ReadOnlySpan<byte> bytes, out Sample sample)
    {
        sample = default;
        if (bytes.Length < UsualLength || bytes[0] != 0x12 || bytes[1] != 0x10 || bytes[2] != 0x09 || bytes[UsualLength - TimeLength - 1] != 0x10
            || !TryReadTime(bytes.Slice(UsualLength - TimeLength, TimeLength), out long timestamp))
        {
            return false;
        }

        sample = new Sample(timestamp, BinaryPrimitives.ReadDoubleLittleEndian(bytes[UsualValue..]));
        return true;
    }

    // The same for the value zero, which is not written.
    private static bool TryReadZero(ReadOnlySpan<byte> bytes, out Sample sample)
    {
        sample = default;
        if (bytes.Length < ZeroLength || bytes[0] != 0x12 || bytes[1] != 0x07 || bytes[2] != 0x10
            || !TryReadTime(bytes.Slice(ZeroLength - TimeLength, TimeLength), out long timestamp))
        {
            return false;
        }

        sample = new Sample(timestamp, 0);
        return true;
    }

    private static bool TryReadSample(ReadOnlySpan<byte> bytes, out Sample sample, out string? error)
    {
        double value = 0;
        ulong timestamp = 0;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            _ = (field, wireType) switch
            {
                (1, ProtoReader.Fixed64) => reader.TryReadDouble(out value),
                (2, ProtoReader.Varint) => reader.TryReadVarint(out timestamp),
                (1 or 2, _) => reader.Fail($"wire type {wireType} for field {field} of a sample"),
                _ => reader.TrySkip(wireType),
            };
        }

        sample = new Sample((long)timestamp, value);
        error = reader.Error;
        return error is null;
    }

    // A varint of exactly six bytes, seven bits each, the lowest first.
    private static bool TryReadTime(ReadOnlySpan<byte> bytes, out long timestamp)
    {
        ulong six = BinaryPrimitives.ReadUInt32LittleEndian(bytes) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) << 32);
        timestamp = (long)((six & 0x7f)
            | ((six >> 1) & (0x7fUL << 7))
            | ((six >> 2) & (0x7fUL << 14))
            | ((six >> 3) & (0x7fUL << 21))
            | ((six >> 4) & (0x7fUL << 28))
            | ((six >> 5) & (0x7fUL << 35)));
        return (six & ContinuationBits) == SixByteNumber;
    }
}
