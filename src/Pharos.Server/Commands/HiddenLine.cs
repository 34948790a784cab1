using System.Text;

namespace Pharos.Server.Commands;

/// <summary>Reads a line from the terminal key by key, so that nothing of it appears there.</summary>
internal static class HiddenLine
{
    private const int MaxLength = 4096;

    /// <summary>The line without its end; null when the user gave up with Ctrl-D on an empty line.</summary>
    public static string? Read() => Read(static () => Console.ReadKey(intercept: true));

    internal static string? Read(Func<ConsoleKeyInfo> readKey)
    {
        var line = new StringBuilder();
        while (true)
        {
            ConsoleKeyInfo key = readKey();
            if (key.Key == ConsoleKey.Enter)
            {
                return line.ToString();
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                line.Length = Math.Max(0, line.Length - 1);
            }
            else if (key.KeyChar == '\u0004' && line.Length == 0)
            {
                return null;
            }
            else if (key.KeyChar == '\u0015')
            {
                line.Clear();
            }
            else if (!char.IsControl(key.KeyChar) && line.Length < MaxLength)
            {
                line.Append(key.KeyChar);
            }
        }
    }
}
