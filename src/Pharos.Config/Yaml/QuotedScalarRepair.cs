using System.Text;
using YamlDotNet.Core;

namespace Pharos.Config.Yaml;

/// <summary>
/// YamlDotNet refuses a double-quoted text whose further lines are indented no deeper than its key; go-yaml takes it, and published rule files have it.
/// The lines are indented here: blanks at the start of a line within quotes mean nothing, so the text stays the same, and so do all places
/// but those behind a quote on such a line.
/// </summary>
internal static class QuotedScalarRepair
{
    // Each repair is followed by another parse of the whole text.
    private const long MaxParsedAgain = 256L << 20;

    /// <summary>Whether the error is that one; then the text is repaired where it occurred.</summary>
    /// <param name="text">The text, replaced by the repaired one.</param>
    /// <param name="error">What the parser said.</param>
    /// <param name="repairs">How often the text was repaired before.</param>
    /// <param name="repairedUpTo">Where the last repaired text began, at first -1: each is repaired once, so that every attempt comes further.</param>
    public static bool TryRepair(ref string text, YamlException error, int repairs, ref int repairedUpTo)
    {
        int quote = (int)error.Start.Index;
        if (quote <= repairedUpTo || !error.Message.Contains("multi-line double-quoted scalar, found wrong indentation", StringComparison.Ordinal)
            || quote >= text.Length || text[quote] != '"' || (long)text.Length * (repairs + 1) > MaxParsedAgain)
        {
            return false;
        }

        repairedUpTo = quote;
        var repaired = new StringBuilder(text.Length + 256);
        repaired.Append(text, 0, quote + 1);
        string padding = new(' ', (int)error.Start.Column);
        int end = AppendIndented(repaired, text, quote + 1, padding);
        repaired.Append(text, end, text.Length - end);
        text = repaired.ToString();
        return true;
    }

    // Copies up to the closing quote; lines that have anything on them get the padding before them.
    private static int AppendIndented(StringBuilder target, string text, int start, string padding)
    {
        for (int i = start; i < text.Length; i++)
        {
            target.Append(text[i]);
            switch (text[i])
            {
                case '"':
                    return i + 1;
                case '\\' when i + 1 < text.Length && text[i + 1] is not ('\n' or '\r'):
                    target.Append(text[++i]);
                    break;
                case '\n' when i + 1 < text.Length && text[i + 1] is not ('\n' or '\r'):
                    target.Append(padding);
                    break;
            }
        }

        return text.Length;
    }
}
