using System.Globalization;
using System.Text.RegularExpressions;

namespace Pharos.Config.Yaml;

/// <summary>What the text of a scalar means, by the rules of go-yaml v2, which upstream reads its configuration with.</summary>
public static partial class YamlScalar
{
    /// <summary>The tag that go-yaml gives the node: its own, or what its text says when it is unquoted.</summary>
    public static string ResolveTag(YamlNode node) => node.Kind switch
    {
        YamlKind.Sequence => "!!seq",
        YamlKind.Mapping => "!!map",
        _ when node.Tag is not null => node.Tag,
        _ when !node.IsPlain => "!!str",
        _ => ResolvePlain(node.Text),
    };

    /// <summary>Nothing at all: unquoted and empty, <c>~</c> or <c>null</c>.</summary>
    public static bool IsNull(YamlNode node) => node.Tag == "!!null" || (node.Tag is null && node.IsPlain && IsNullText(node.Text));

    /// <summary>A truth value; <c>yes</c>, <c>on</c> and kin included.</summary>
    public static bool TryBool(YamlNode node, out bool value)
    {
        bool? known = node.Tag is "!!bool" || (node.Tag is null && node.IsPlain) ? BoolOf(node.Text) : null;
        value = known ?? false;
        return known is not null;
    }

    /// <summary>A whole number in decimal, hexadecimal, octal or binary; a float without a fraction is one as well.</summary>
    public static bool TryInteger(YamlNode node, out Int128 value)
    {
        value = 0;
        if (!IsNumeric(node))
        {
            return false;
        }

        if (TryIntegerText(node.Text, out value))
        {
            return true;
        }

        if (TryFloatText(node.Text, out double number) && Math.Floor(number) == number && Math.Abs(number) < 1e18)
        {
            value = (Int128)number;
            return true;
        }

        return false;
    }

    /// <summary>Any number, <c>.inf</c> and <c>.nan</c> included.</summary>
    public static bool TryFloat(YamlNode node, out double value)
    {
        value = 0;
        if (!IsNumeric(node))
        {
            return false;
        }

        if (TryIntegerText(node.Text, out Int128 whole))
        {
            value = (double)whole;
            return true;
        }

        return TryFloatText(node.Text, out value);
    }

    /// <summary>The type of an unquoted text.</summary>
    internal static string ResolvePlain(string text)
    {
        if (IsNullText(text))
        {
            return "!!null";
        }

        if (BoolOf(text) is not null)
        {
            return "!!bool";
        }

        if (TimestampPattern().IsMatch(text))
        {
            return "!!timestamp";
        }

        return TryIntegerText(text, out _) ? "!!int" : TryFloatText(text, out _) ? "!!float" : text == "<<" ? "!!merge" : "!!str";
    }

    private static bool IsNumeric(YamlNode node) => node.Kind == YamlKind.Scalar && (node.Tag is "!!int" or "!!float" || (node.Tag is null && node.IsPlain));

    private static bool IsNullText(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    private static bool? BoolOf(string text) => text switch
    {
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    // Go's ParseInt with base 0 after underscores are taken out: 0x, 0o, 0b and a leading 0 for octal.
    private static bool TryIntegerText(string text, out Int128 value)
    {
        value = 0;
        string plain = text.Replace("_", "", StringComparison.Ordinal);
        if (text.Length is 0 or > 80 || plain.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-'))
        {
            return false;
        }

        bool isNegative = plain[0] == '-';
        ReadOnlySpan<char> digits = plain.AsSpan(plain[0] is '-' or '+' ? 1 : 0);
        int radix = 10;
        if (digits.Length > 1 && digits[0] == '0')
        {
            (radix, int skip) = digits[1] switch
            {
                'x' or 'X' => (16, 2),
                'o' or 'O' => (8, 2),
                'b' or 'B' => (2, 2),
                _ => (8, 1),
            };
            digits = digits[skip..];
        }

        if (digits.IsEmpty)
        {
            return false;
        }

        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix || value > ulong.MaxValue)
            {
                return false;
            }

            value = (value * radix) + digit;
        }

        value = isNegative ? -value : value;
        return value >= long.MinValue && value <= ulong.MaxValue;
    }

    private static bool TryFloatText(string text, out double value)
    {
        switch (text)
        {
            case ".nan" or ".NaN" or ".NAN":
                value = double.NaN;
                return true;
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                value = double.PositiveInfinity;
                return true;
            case "-.inf" or "-.Inf" or "-.INF":
                value = double.NegativeInfinity;
                return true;
            default:
                value = 0;
                string plain = text.Replace("_", "", StringComparison.Ordinal);
                return FloatPattern().IsMatch(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        }
    }

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex FloatPattern();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9:.]+(Z|[-+][0-9:]+)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimestampPattern();
}
