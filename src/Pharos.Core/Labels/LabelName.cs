using System.Text.Unicode;

namespace Pharos.Core.Labels;

/// <summary>Which names are valid. Prometheus 3 takes any UTF-8 text; the legacy scheme is <c>[a-zA-Z_][a-zA-Z0-9_]*</c> for labels, with colons for metrics.</summary>
public static class LabelName
{
    /// <summary>Valid under the legacy scheme of label names.</summary>
    public static bool IsLegacy(ReadOnlySpan<char> name) => IsLegacy(name, colons: false);

    /// <summary>Valid under the legacy scheme of metric names.</summary>
    public static bool IsLegacyMetric(ReadOnlySpan<char> name) => IsLegacy(name, colons: true);

    /// <summary>Valid under the UTF-8 scheme: not empty and no lone surrogate.</summary>
    public static bool IsUtf8(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return false;
        }

        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(name[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Valid under the UTF-8 scheme, given as bytes: not empty and well-formed.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> name) => !name.IsEmpty && Utf8.IsValid(name);

    private static bool IsLegacy(ReadOnlySpan<char> name, bool colons)
    {
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (!(char.IsAsciiLetter(c) || c == '_' || (c == ':' && colons) || (char.IsAsciiDigit(c) && i > 0)))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }
}
