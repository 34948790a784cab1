namespace Pharos.Core.Relabeling;

/// <summary>Label names that are templates, under the legacy scheme.</summary>
public static class RelabelTemplate
{
    /// <summary>
    /// Whether the text, with its <c>$x</c> and <c>${x}</c> taken out, can give a legacy label name: it starts with a letter, an underscore or a variable and
    /// goes on with those and digits. <c>$</c> without a name is refused.
    /// </summary>
    public static bool IsLegacyName(ReadOnlySpan<char> text)
    {
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            if (c == '$')
            {
                int length = VariableLength(text[i..]);
                if (length == 0)
                {
                    return false;
                }

                i += length;
            }
            else if (IsWord(c) && !(i == 0 && char.IsAsciiDigit(c)))
            {
                i++;
            }
            else
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    // The length of $word or ${word} at the start of the text, 0 when there is none.
    private static int VariableLength(ReadOnlySpan<char> text)
    {
        int start = text.StartsWith("${") ? 2 : 1;
        int end = start;
        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        if (end == start)
        {
            return 0;
        }

        return start == 1 ? end : end < text.Length && text[end] == '}' ? end + 1 : 0;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
