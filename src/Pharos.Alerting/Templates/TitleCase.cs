using System.Text;

namespace Pharos.Alerting.Templates;

/// <summary>Words with a capital letter: the first letter of each in its upper form, the others in their lower form.</summary>
internal static class TitleCase
{
    public static string Of(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        var title = new StringBuilder(text.Length);
        bool isInWord = false;
        bool hadLetter = false;
        for (int i = 0; i < runes.Length; i++)
        {
            bool isWord = Rune.IsLetterOrDigit(runes[i]) || runes[i].Value == '_' || (isInWord && i + 1 < runes.Length && Joins(runes[i], runes[i - 1], runes[i + 1]));
            hadLetter = isInWord && isWord && hadLetter;
            title.Append((!Rune.IsLetter(runes[i]) ? runes[i] : hadLetter ? Rune.ToLowerInvariant(runes[i]) : Rune.ToUpperInvariant(runes[i])).ToString());
            hadLetter |= Rune.IsLetter(runes[i]);
            isInWord = isWord;
        }

        return title.ToString();
    }

    // As Unicode breaks words: these do not end one between two letters.
    private static bool Joins(Rune mark, Rune before, Rune after) =>
        mark.Value is '\'' or '.' or ':' or 0x2019 or 0xB7 && Rune.IsLetter(before) && Rune.IsLetter(after);
}
