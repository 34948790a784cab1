using System.Text;
using System.Text.Unicode;
using Pharos.Core.Labels;

namespace Pharos.Remote.Receiving;

/// <summary>Makes the labels of a series that is not known yet, and says what is wrong with them.</summary>
internal static class LabelSection
{
    private const int LabelsField = 1;

    /// <summary>
    /// Reads the labels of a <c>TimeSeries</c> message that was walked: empty values are left out, any order is put in order. <paramref name="error"/> is upstream's
    /// message when no series can have these labels; the labels are then as far as they could be read, for messages. <paramref name="malformed"/> is what is wrong
    /// with the message itself.
    /// </summary>
    public static Labels Read(ReadOnlySpan<byte> series, RemoteWriteLimits limits, out string? error, out string? malformed)
    {
        error = null;
        malformed = null;
        var builder = new LabelsBuilder();
        string? duplicate = null;
        bool valid = true;
        int count = 0;
        var reader = new ProtoReader(series);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field != LabelsField || wireType != ProtoReader.Bytes)
            {
                reader.TrySkip(wireType);
                continue;
            }

            reader.TryReadBytes(out ReadOnlySpan<byte> bytes);
            if (!TryReadLabel(bytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out malformed))
            {
                return builder.ToLabels();
            }

            if (++count > limits.MaxLabels || name.Length > limits.MaxNameBytes || value.Length > limits.MaxValueBytes)
            {
                error = Describe(builder.ToLabels(), count, name, value, limits);
                return builder.ToLabels();
            }

            valid &= LabelName.IsUtf8(name) && Utf8.IsValid(value);
            string nameText = Encoding.UTF8.GetString(name);
            duplicate ??= builder.Contains(nameText) ? nameText : null;
            builder.Set(nameText, Encoding.UTF8.GetString(value));
        }

        Labels labels = builder.ToLabels();
        if (!valid || labels.MetricName.Length == 0)
        {
            error = $"invalid metric name or labels, got {labels}";
        }
        else if (duplicate is not null)
        {
            error = $"invalid labels for series, labels {labels}, duplicated label {duplicate}";
        }

        return labels;
    }

    /// <summary>Reads one <c>Label</c> message; false, and the error, when it is malformed.</summary>
    public static bool TryReadLabel(ReadOnlySpan<byte> label, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out string? error)
    {
        name = default;
        value = default;
        var reader = new ProtoReader(label);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field is 1 or 2 && wireType != ProtoReader.Bytes)
            {
                reader.Fail($"wire type {wireType} for field {field} of a label");
            }
            else if (field == 1)
            {
                reader.TryReadBytes(out name);
            }
            else if (field == 2)
            {
                reader.TryReadBytes(out value);
            }
            else
            {
                reader.TrySkip(wireType);
            }
        }

        error = reader.Error;
        return error is null;
    }

    private static string Describe(Labels read, int count, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, RemoteWriteLimits limits)
    {
        string series = $"series {read.MetricName}";
        if (count > limits.MaxLabels)
        {
            return $"label limit exceeded for {series}: more than {limits.MaxLabels} labels";
        }

        return name.Length > limits.MaxNameBytes
            ? $"label name length limit exceeded for {series}: {name.Length} bytes, limit {limits.MaxNameBytes}"
            : $"label value length limit exceeded for {series}, label {Encoding.UTF8.GetString(name)}: {value.Length} bytes, limit {limits.MaxValueBytes}";
    }
}
