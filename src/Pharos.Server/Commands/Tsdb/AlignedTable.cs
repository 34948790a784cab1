using System.Text;

namespace Pharos.Server.Commands.Tsdb;

/// <summary>Rows in columns, as Go's <c>text/tabwriter</c> with a least width of 13 and two blanks between columns sets them.</summary>
internal static class AlignedTable
{
    private const int LeastWidth = 13;
    private const int Padding = 2;

    public static string Format(IReadOnlyList<string[]> rows)
    {
        int[] widths = new int[rows[0].Length];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], Math.Max(LeastWidth, row[i].Length + Padding));
            }
        }

        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                // The last column has no end to align.
                text.Append(i == row.Length - 1 ? row[i] : row[i].PadRight(widths[i]));
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
