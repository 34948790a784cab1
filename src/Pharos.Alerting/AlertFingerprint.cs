using System.Globalization;
using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Alerting;

/// <summary>The identity of a label set as Alertmanager computes it (FNV-1a over names and values), so that both give an alert the same address.</summary>
public static class AlertFingerprint
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const byte Separator = 255;

    /// <summary>The fingerprint of a label set.</summary>
    public static ulong Of(Labels labels)
    {
        ulong hash = Offset;
        Span<byte> buffer = stackalloc byte[256];
        foreach (Label label in labels.AsSpan())
        {
            hash = Add(hash, label.Name, buffer);
            hash = Add(hash, label.Value, buffer);
        }

        return hash;
    }

    /// <summary>16 hexadecimal digits, as the API and messages show it.</summary>
    public static string Format(ulong fingerprint) => fingerprint.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary><see cref="Format"/> of <see cref="Of"/>.</summary>
    public static string TextOf(Labels labels) => Format(Of(labels));

    private static ulong Add(ulong hash, string text, Span<byte> buffer)
    {
        int length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= buffer.Length ? buffer : new byte[length];
        foreach (byte b in bytes[..Encoding.UTF8.GetBytes(text, bytes)])
        {
            hash = (hash ^ b) * Prime;
        }

        return (hash ^ Separator) * Prime;
    }
}
