using System.Globalization;
using System.Text;

namespace Pharos.Core.Matching.Expressions;

/// <summary>Go's templates: <c>$1</c>, <c>${1}</c>, <c>$name</c>, <c>${name}</c>, <c>$$</c>.</summary>
internal static class RegexTemplate
{
    private const int MaxNumber = 100_000_000;

    /// <summary>Replaces the variables by what was captured; what is no variable stays as it is.</summary>
    public static string Expand(string template, string text, ReadOnlySpan<int> slots, IReadOnlyList<string?> names)
    {
        int dollar = template.IndexOf('$', StringComparison.Ordinal);
        if (dollar < 0)
        {
            return template;
        }

        var expanded = new StringBuilder();
        int copied = 0;
        while (dollar >= 0)
        {
            expanded.Append(template, copied, dollar - copied);
            copied = dollar + 1;
            if (copied < template.Length && template[copied] == '$')
            {
                expanded.Append('$');
                copied++;
            }
            else if (TryReadName(template, ref copied, out string name))
            {
                AppendGroup(expanded, name, text, slots, names);
            }
            else
            {
                expanded.Append('$');
            }

            dollar = template.IndexOf('$', copied);
        }

        return expanded.Append(template, copied, template.Length - copied).ToString();
    }

    private static bool TryReadName(string template, ref int position, out string name)
    {
        bool braced = position < template.Length && template[position] == '{';
        int start = position + (braced ? 1 : 0);
        int end = start;
        while (end < template.Length && Rune.TryGetRuneAt(template, end, out Rune rune)
            && (Rune.IsLetter(rune) || rune.Value == '_' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber))
        {
            end += rune.Utf16SequenceLength;
        }

        name = template[start..end];
        if (name.Length == 0 || (braced && (end >= template.Length || template[end] != '}')))
        {
            return false;
        }

        position = end + (braced ? 1 : 0);
        return true;
    }

    private static void AppendGroup(StringBuilder expanded, string name, string text, ReadOnlySpan<int> slots, IReadOnlyList<string?> names)
    {
        bool leadingZero = name.Length > 1 && name[0] == '0';
        if (name.All(char.IsAsciiDigit))
        {
            if (!leadingZero && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < MaxNumber)
            {
                TryAppendSlot(expanded, number, text, slots);
                return;
            }
        }

        for (int group = 0; group < names.Count; group++)
        {
            if (string.Equals(names[group], name, StringComparison.Ordinal) && TryAppendSlot(expanded, group, text, slots))
            {
                return;
            }
        }
    }

    private static bool TryAppendSlot(StringBuilder expanded, int group, string text, ReadOnlySpan<int> slots)
    {
        if ((2 * (long)group) + 1 >= slots.Length || slots[2 * group] < 0)
        {
            return false;
        }

        expanded.Append(text, slots[2 * group], slots[(2 * group) + 1] - slots[2 * group]);
        return true;
    }
}
