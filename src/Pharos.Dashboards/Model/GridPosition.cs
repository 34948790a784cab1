namespace Pharos.Dashboards.Model;

/// <summary>A place in the grid of 24 columns; heights and <paramref name="Y"/> are in units of Grafana's 30 pixels.</summary>
public readonly record struct GridPosition(int X, int Y, int W, int H)
{
    /// <summary>Columns of the grid.</summary>
    public const int Columns = 24;

    /// <summary>The first row below it.</summary>
    public int Bottom => Y + H;
}
