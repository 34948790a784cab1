using System.Globalization;
using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Alerts;

/// <summary>Upstream's fingerprint of a label set, which API v2 shows and by which alerts are known: FNV-1a over names and values, each followed by the byte 255.</summary>
public static class AlertFingerprint
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const byte Separator = 255;
    private const int StackBytes = 256;

    public static ulong Of(Labels labels)
    {
        ulong hash = Offset;
        foreach (Label label in labels.AsSpan())
        {
            hash = Add(Add(hash, label.Name), label.Value);
        }

        return hash;
    }

    /// <summary>As upstream writes it: 16 hexadecimal digits.</summary>
    public static string Format(ulong fingerprint) => fingerprint.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Format"/> writes.</summary>
    public static bool TryParse(string text, out ulong fingerprint)
    {
        fingerprint = 0;
        return text.Length == 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out fingerprint);
    }

    private static ulong Add(ulong hash, string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most];
        foreach (byte b in bytes[..Encoding.UTF8.GetBytes(text, bytes)])
        {
            hash = (hash ^ b) * Prime;
        }

        return (hash ^ Separator) * Prime;
    }
}
