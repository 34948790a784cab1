using System.Text;
using Pharos.PromQL.Syntax;

namespace Pharos.Server.Commands;

/// <summary>What is wrong with an expression, for a terminal: the message, the line, and a mark below the place.</summary>
internal static class ExpressionError
{
    private const int MaxLine = 200;

    public static string Describe(string expression, PromQLException error)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(expression);
        int at = Encoding.UTF8.GetCharCount(bytes, 0, Math.Clamp(error.Position.Start, 0, bytes.Length));
        int start = at == 0 ? 0 : expression.LastIndexOf('\n', at - 1) + 1;
        int end = expression.IndexOf('\n', at);
        string line = expression[start..(end < 0 ? expression.Length : end)].TrimEnd('\r');

        // Of a very long line only what is around the place.
        int cut = Math.Max(0, at - start - (MaxLine / 2));
        string shown = line.Length - cut > MaxLine ? line.Substring(cut, MaxLine) : line[Math.Min(cut, line.Length)..];
        string before = new([.. shown.Take(at - start - cut).Select(static c => c == '\t' ? '\t' : ' ')]);
        return $"{error.Message}\n  {shown}\n  {before}^";
    }
}
