using System.Text;
using System.Text.RegularExpressions;

namespace Pharos.Config;

/// <summary>Finds the files that a path pattern names: <c>*</c>, <c>?</c> and <c>[a-z]</c> in its last part, as upstream's globs.</summary>
public static class PathGlob
{
    private static readonly System.Buffers.SearchValues<char> Wildcards = System.Buffers.SearchValues.Create("*?[");

    /// <summary>Whether the last part of the pattern stands for more than itself.</summary>
    public static bool HasWildcard(string pattern) => Path.GetFileName(pattern.AsSpan()).ContainsAny(Wildcards);

    /// <summary>The files that match now, sorted by ordinal; none when there is no such folder. An absolute pattern gives absolute paths.</summary>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        if (!HasWildcard(pattern))
        {
            return File.Exists(pattern) ? [pattern] : [];
        }

        string folder = Path.GetDirectoryName(pattern) ?? "";
        if (!Directory.Exists(folder.Length == 0 ? "." : folder))
        {
            return [];
        }

        Regex name = ToRegex(Path.GetFileName(pattern));
        string[] found = [.. Directory.EnumerateFiles(folder.Length == 0 ? "." : folder).Where(f => name.IsMatch(Path.GetFileName(f))).Select(f => Path.Combine(folder, Path.GetFileName(f)))];
        Array.Sort(found, StringComparer.Ordinal);
        return found;
    }

    private static Regex ToRegex(string pattern)
    {
        var regex = new StringBuilder("\\A");
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            int close = c == '[' ? pattern.IndexOf(']', Math.Min(pattern.Length - 1, i + 1)) : -1;
            if (close > i + 1)
            {
                string set = pattern[(i + 1)..close];
                bool isNegated = set[0] == '^';
                regex.Append(isNegated ? "[^" : "[").Append(Regex.Escape(isNegated ? set[1..] : set).Replace("]", "\\]", StringComparison.Ordinal)).Append(']');
                i = close;
                continue;
            }

            regex.Append(c switch
            {
                '*' => "[^/]*",
                '?' => "[^/]",
                _ => Regex.Escape(c.ToString()),
            });
        }

        try
        {
            return new Regex(regex.Append("\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            // A malformed set stands for itself.
            return new Regex("\\A" + Regex.Escape(pattern) + "\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
    }
}
