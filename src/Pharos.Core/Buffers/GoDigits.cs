namespace Pharos.Core.Buffers;

/// <summary>Go's rule for underscores in number literals.</summary>
public static class GoDigits
{
    /// <summary>Whether every underscore stands between two digits or between a base prefix (<c>0x</c>, <c>0o</c>, <c>0b</c>) and a digit.</summary>
    public static bool UnderscoresAreValid(ReadOnlySpan<byte> text)
    {
        int i = text.Length > 0 && text[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        bool afterDigit = false;
        bool afterUnderscore = false;
        bool hex = false;
        if (text.Length - i >= 2 && text[i] == '0' && (text[i + 1] | 0x20) is 'x' or 'o' or 'b')
        {
            hex = (text[i + 1] | 0x20) == 'x';
            afterDigit = true;
            i += 2;
        }

        for (; i < text.Length; i++)
        {
            byte b = text[i];
            bool digit = char.IsAsciiDigit((char)b) || (hex && char.IsAsciiHexDigit((char)b));
            if (b == '_' ? !afterDigit : afterUnderscore && !digit)
            {
                return false;
            }

            afterUnderscore = b == '_';
            afterDigit = digit;
        }

        return !afterUnderscore;
    }
}
