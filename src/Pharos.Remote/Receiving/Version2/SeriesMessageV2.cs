using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Remote.Receiving.Version2;

/// <summary>The bytes of one <c>io.prometheus.write.v2.TimeSeries</c>.</summary>
internal ref struct SeriesMessageV2
{
    private const int LabelsField = 1;
    private const int SamplesField = 2;
    private const int HistogramsField = 3;
    private const int ExemplarsField = 4;
    private const int MetadataField = 5;

    private readonly ReadOnlySpan<byte> _message;

    private SeriesMessageV2(ReadOnlySpan<byte> message)
    {
        _message = message;
    }

    public int Samples { get; private set; }

    public int Histograms { get; private set; }

    public int Exemplars { get; private set; }

    /// <summary>Unknown where the number means nothing.</summary>
    public MetricType Type { get; private set; }

    /// <summary>Reference of a symbol, not checked.</summary>
    public uint Help { get; private set; }

    /// <summary>Reference of a symbol, not checked.</summary>
    public uint Unit { get; private set; }

    /// <summary>
    /// Walks the whole message and collects the references of its labels; false, and the error, when it is malformed. What is in samples, histograms and exemplars is not
    /// looked at.
    /// </summary>
    public static bool TryWalk(ReadOnlySpan<byte> message, List<uint> references, out SeriesMessageV2 series, out string? error)
    {
        references.Clear();
        series = new SeriesMessageV2(message);
        var reader = new ProtoReader(message);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            switch (field, wireType)
            {
                case (LabelsField, ProtoReader.Bytes):
                    ReadPacked(ref reader, references);
                    break;
                case (LabelsField, ProtoReader.Varint):
                    reader.TryReadVarint(out ulong reference);
                    references.Add((uint)reference);
                    break;
                case (MetadataField, ProtoReader.Bytes):
                    reader.TryReadBytes(out ReadOnlySpan<byte> metadata);
                    if (series.FindMetadataError(metadata) is { } wrong)
                    {
                        reader.Fail(wrong);
                    }

                    break;
                case ( >= LabelsField and <= MetadataField, not ProtoReader.Bytes):
                    reader.Fail($"wire type {wireType} for field {field} of a series");
                    break;
                default:
                    series.Samples += field == SamplesField ? 1 : 0;
                    series.Histograms += field == HistogramsField ? 1 : 0;
                    series.Exemplars += field == ExemplarsField ? 1 : 0;
                    reader.TrySkip(wireType);
                    break;
            }
        }

        error = reader.Error;
        return error is null;
    }

    /// <summary>
    /// Reads the samples in turn into the batch, or only checks them when there is none; those after <paramref name="maxTime"/> are left out and counted. Start timestamps are read and
    /// not handed on: the store keeps none of them yet.
    /// </summary>
    public readonly bool TryReadSamples(SeriesRef series, SampleBatch? batch, long maxTime, out int tooFarAhead, out string? error)
    {
        tooFarAhead = 0;
        error = null;
        var reader = new ProtoReader(_message);
        while (TryFind(ref reader, SamplesField, out ReadOnlySpan<byte> bytes))
        {
            if (!TryReadSample(bytes, out Sample sample, out error))
            {
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

    /// <summary>As <see cref="TryReadSamples"/>; those that are left out have a word each.</summary>
    public readonly bool TryReadHistograms(SeriesRef series, SampleBatch? batch, HistogramMessage histogram, long maxTime, List<string> refused, out string? error)
    {
        error = null;
        var reader = new ProtoReader(_message);
        while (TryFind(ref reader, HistogramsField, out ReadOnlySpan<byte> bytes))
        {
            if (!histogram.TryRead(bytes, out error))
            {
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

    /// <summary>The next exemplar message from the reader's place on; false at the end.</summary>
    public static bool TryFindExemplar(ref ProtoReader reader, out ReadOnlySpan<byte> exemplar) => TryFind(ref reader, ExemplarsField, out exemplar);

    /// <summary>Reads the fields of an exemplar.</summary>
    public static bool TryReadExemplar(ReadOnlySpan<byte> message, List<uint> references, out double value, out long timestamp, out string? error)
    {
        references.Clear();
        value = 0;
        ulong time = 0;
        var reader = new ProtoReader(message);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            switch (field, wireType)
            {
                case (1, ProtoReader.Bytes):
                    ReadPacked(ref reader, references);
                    break;
                case (1, ProtoReader.Varint):
                    reader.TryReadVarint(out ulong reference);
                    references.Add((uint)reference);
                    break;
                case (2, ProtoReader.Fixed64):
                    reader.TryReadDouble(out value);
                    break;
                case (3, ProtoReader.Varint):
                    reader.TryReadVarint(out time);
                    break;
                case (1 or 2 or 3, _):
                    reader.Fail($"wire type {wireType} for field {field} of an exemplar");
                    break;
                default:
                    reader.TrySkip(wireType);
                    break;
            }
        }

        timestamp = (long)time;
        error = reader.Error;
        return error is null;
    }

    private static bool TryFind(ref ProtoReader reader, int wanted, out ReadOnlySpan<byte> message)
    {
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field == wanted && wireType == ProtoReader.Bytes)
            {
                return reader.TryReadBytes(out message);
            }

            reader.TrySkip(wireType);
        }

        message = default;
        return false;
    }

    private static void ReadPacked(ref ProtoReader reader, List<uint> references)
    {
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> packed))
        {
            return;
        }

        var inner = new ProtoReader(packed);
        while (inner.Position < packed.Length && inner.TryReadVarint(out ulong reference))
        {
            references.Add((uint)reference);
        }

        if (inner.Error is { } error)
        {
            reader.Fail($"references of labels: {error}");
        }
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
                (3, ProtoReader.Varint) => reader.TryReadVarint(out _),
                (1 or 2 or 3, _) => reader.Fail($"wire type {wireType} for field {field} of a sample"),
                _ => reader.TrySkip(wireType),
            };
        }

        sample = new Sample((long)timestamp, value);
        error = reader.Error;
        return error is null;
    }

    // Takes what the message says over what was said before.
    private string? FindMetadataError(scoped ReadOnlySpan<byte> message)
    {
        ulong type = (ulong)Type;
        ulong help = Help;
        ulong unit = Unit;
        var reader = new ProtoReader(message);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            _ = (field, wireType) switch
            {
                (1, ProtoReader.Varint) => reader.TryReadVarint(out type),
                (3, ProtoReader.Varint) => reader.TryReadVarint(out help),
                (4, ProtoReader.Varint) => reader.TryReadVarint(out unit),
                (1 or 3 or 4, _) => reader.Fail($"wire type {wireType} for field {field} of metadata"),
                _ => reader.TrySkip(wireType),
            };
        }

        Type = type <= (ulong)MetricType.StateSet ? (MetricType)type : MetricType.Unknown;
        (Help, Unit) = ((uint)help, (uint)unit);
        return reader.Error is { } error ? $"metadata: {error}" : null;
    }
}
