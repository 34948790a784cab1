using System.Globalization;
using System.Text;

namespace Pharos.Server.Flags;

/// <summary>Prints the flags for <c>--help</c>.</summary>
internal static class FlagHelp
{
    private const int Column = 34;
    private const int Width = 100;

    public static string Print(FlagCatalog catalog)
    {
        var text = new StringBuilder();
        foreach (FlagDefinition flag in catalog.All.Where(static flag => !flag.Hidden))
        {
            string head = "  " + Head(flag);
            string help = flag.NoEffect is null ? flag.Help : $"No effect: {flag.NoEffect}.";
            text.Append(head);
            if (head.Length > Column - 2)
            {
                text.Append('\n').Append(' ', Column);
            }
            else
            {
                text.Append(' ', Column - head.Length);
            }

            AppendWrapped(text, help);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Head(FlagDefinition flag)
    {
        if (flag.Kind == FlagKind.Switch)
        {
            return $"--[no-]{flag.Name}";
        }

        string value = flag.Placeholder ?? (flag.Kind == FlagKind.Text ? $"\"{flag.Default}\"" : flag.Default);
        return string.Create(CultureInfo.InvariantCulture, $"--{flag.Name}={value}{(flag.Repeatable ? " ..." : "")}");
    }

    private static void AppendWrapped(StringBuilder text, string help)
    {
        int column = Column;
        foreach (string word in help.Split(' '))
        {
            if (column > Column && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(' ', Column);
                column = Column;
            }
            else if (column > Column)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
        }
    }
}
