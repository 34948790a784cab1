using System.Text;

namespace Pharos.Server.Configuration;

/// <summary>Replaces <c>$name</c> and <c>${name}</c> in a text as Go's <c>os.Expand</c> does.</summary>
internal static class EnvironmentExpansion
{
    /// <param name="text">The text.</param>
    /// <param name="value">The value of a name; the name is <c>$</c> where the text has <c>$$</c>.</param>
    public static string Expand(string text, Func<string, string> value)
    {
        var expanded = new StringBuilder(text.Length);
        int i = 0;
        while (i < text.Length)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                expanded.Append(text[i++]);
                continue;
            }

            (string name, int length) = NameAt(text.AsSpan(i + 1));
            if (name.Length > 0)
            {
                expanded.Append(value(name));
            }
            else if (length == 0)
            {
                // No name follows: the sign stands for itself. A malformed ${ is dropped.
                expanded.Append('$');
            }

            i += length + 1;
        }

        return expanded.ToString();
    }

    // The name after a dollar sign and how many characters it takes.
    private static (string Name, int Length) NameAt(ReadOnlySpan<char> text)
    {
        if (text[0] == '{')
        {
            int end = text.IndexOf('}');
            return end < 0 ? ("", 1) : end == 1 ? ("", 2) : (text[1..end].ToString(), end + 1);
        }

        if (text[0] is '*' or '#' or '$' or '@' or '!' or '?' or '-' || char.IsAsciiDigit(text[0]))
        {
            return (text[..1].ToString(), 1);
        }

        int length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '_'))
        {
            length++;
        }

        return (text[..length].ToString(), length);
    }
}
