using System.Text;
using System.Text.Unicode;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Receiving;

namespace Pharos.Remote.Reading;

/// <summary>Reads series as other stores answer them; the bytes may be anything.</summary>
internal static class SeriesMessageReader
{
    private const int MaxLabels = 10_000;

    /// <summary>Reads the message <c>ReadResponse</c>: the series of all its results.</summary>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public static void ReadResponse(ReadOnlySpan<byte> message, RemoteSeriesList series)
    {
        var reader = new ProtoReader(message);
        var buffer = new SampleBuffer();
        int results = 0;
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field == 1 && wireType == ProtoReader.Bytes && reader.TryReadBytes(out ReadOnlySpan<byte> result))
            {
                results++;
                ReadResult(result, series, buffer);
            }
            else
            {
                reader.TrySkip(wireType);
            }
        }

        ThrowIfMalformed(reader.Error);
        if (results != 1)
        {
            throw new InvalidDataException($"responses: want 1, got {results}");
        }
    }

    /// <summary>Reads a <c>Label</c> fields' value into the builder.</summary>
    /// <exception cref="InvalidDataException">It is malformed, not valid UTF-8, or a name occurs twice.</exception>
    public static void ReadLabel(ReadOnlySpan<byte> message, LabelsBuilder labels)
    {
        var reader = new ProtoReader(message);
        ReadOnlySpan<byte> name = [];
        ReadOnlySpan<byte> value = [];
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field == 1 && wireType == ProtoReader.Bytes)
            {
                reader.TryReadBytes(out name);
            }
            else if (field == 2 && wireType == ProtoReader.Bytes)
            {
                reader.TryReadBytes(out value);
            }
            else
            {
                reader.TrySkip(wireType);
            }
        }

        ThrowIfMalformed(reader.Error);
        if (!LabelName.IsUtf8(name))
        {
            throw new InvalidDataException($"invalid label name: {GoQuote.Quote(Encoding.UTF8.GetString(name))}");
        }

        if (!Utf8.IsValid(value))
        {
            throw new InvalidDataException($"invalid label value: {GoQuote.Quote(Encoding.UTF8.GetString(value))}");
        }

        string text = Encoding.UTF8.GetString(name);
        if (labels.Contains(text))
        {
            throw new InvalidDataException($"duplicate label with name: {GoQuote.Quote(text)}");
        }

        if (labels.Count == MaxLabels)
        {
            throw new InvalidDataException($"a series has more than {MaxLabels} labels");
        }

        labels.Set(text, Encoding.UTF8.GetString(value));
    }

    public static void ThrowIfMalformed(string? error)
    {
        if (error is not null)
        {
            throw new InvalidDataException("malformed message: " + error);
        }
    }

    private static void ReadResult(ReadOnlySpan<byte> message, RemoteSeriesList series, SampleBuffer buffer)
    {
        var reader = new ProtoReader(message);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field == 1 && wireType == ProtoReader.Bytes && reader.TryReadBytes(out ReadOnlySpan<byte> one))
            {
                buffer.Clear();
                Labels labels = ReadSeries(one, buffer);
                series.Add(labels, buffer);
            }
            else
            {
                reader.TrySkip(wireType);
            }
        }

        ThrowIfMalformed(reader.Error);
    }

    private static Labels ReadSeries(ReadOnlySpan<byte> message, SampleBuffer buffer)
    {
        var reader = new ProtoReader(message);
        var labels = new LabelsBuilder();
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (wireType != ProtoReader.Bytes || field is not (1 or 2 or 4))
            {
                reader.TrySkip(wireType);
            }
            else if (reader.TryReadBytes(out ReadOnlySpan<byte> part))
            {
                switch (field)
                {
                    case 1:
                        ReadLabel(part, labels);
                        break;
                    case 2:
                        ReadSample(part, buffer);
                        break;
                    default:
                        HistogramMessageReader.Read(part, buffer);
                        break;
                }
            }
        }

        ThrowIfMalformed(reader.Error);
        return labels.ToLabels();
    }

    private static void ReadSample(ReadOnlySpan<byte> message, SampleBuffer buffer)
    {
        var reader = new ProtoReader(message);
        double value = 0;
        ulong timestamp = 0;
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field == 1 && wireType == ProtoReader.Fixed64)
            {
                reader.TryReadDouble(out value);
            }
            else if (field == 2 && wireType == ProtoReader.Varint)
            {
                reader.TryReadVarint(out timestamp);
            }
            else
            {
                reader.TrySkip(wireType);
            }
        }

        ThrowIfMalformed(reader.Error);
        buffer.Add((long)timestamp, value);
    }
}
