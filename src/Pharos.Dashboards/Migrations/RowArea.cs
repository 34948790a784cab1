namespace Pharos.Dashboards.Migrations;

/// <summary>Fills the space of one old row from left to right: each panel at the highest place that is free for its width.</summary>
internal sealed class RowArea(int columns)
{
    private readonly int[] _bottoms = new int[columns];

    /// <summary>Takes a place; <c>Y</c> is below the top of the row.</summary>
    public (int X, int Y) Take(int width, int height)
    {
        int best = 0;
        int top = int.MaxValue;
        for (int x = 0; x + width <= columns; x++)
        {
            int y = _bottoms.AsSpan(x, width).ToArray().Max();
            if (y < top)
            {
                (best, top) = (x, y);
            }
        }

        _bottoms.AsSpan(best, width).Fill(top + height);
        return (best, top);
    }
}
