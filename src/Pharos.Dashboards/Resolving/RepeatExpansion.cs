using System.Globalization;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Variables;

namespace Pharos.Dashboards.Resolving;

/// <summary>Makes the copies that repeats of panels and rows ask for, and moves what stands below them down. Used once.</summary>
internal sealed class RepeatExpansion(IReadOnlyDictionary<string, ResolvedVariable> variables)
{
    private int _count;

    /// <summary>What could not be done.</summary>
    public List<DashboardProblem> Problems { get; } = [];

    /// <summary>All panels in their places.</summary>
    /// <param name="panels">From top to bottom; panels behind an open row belong to it.</param>
    public IReadOnlyList<PlacedPanel> Expand(IReadOnlyList<Panel> panels)
    {
        var placed = new List<PlacedPanel>();
        int shift = 0;
        int i = 0;
        while (i < panels.Count)
        {
            int end = i + 1;
            while (end < panels.Count && panels[end].Type != PanelTypes.Row)
            {
                end++;
            }

            List<Panel> section = [.. panels.Skip(i).Take(end - i)];
            shift += ExpandSection(section, shift, placed);
            i = end;
        }

        return placed;
    }

    // Answers by how much what follows has to move further down.
    private int ExpandSection(List<Panel> section, int shift, List<PlacedPanel> placed)
    {
        Panel? row = section[0].Type == PanelTypes.Row ? section[0] : null;
        IReadOnlyList<VariableOption?> values = row is null ? [null] : Values(row);
        int top = section[0].Grid.Y;
        int bottom = section.Max(static p => p.Grid.Bottom);
        int moved = 0;
        for (int copy = 0; copy < values.Count && HasRoom(); copy++)
        {
            IReadOnlyDictionary<string, VariableOption>? scope = Scope(null, row?.Repeat, values[copy]);
            string suffix = values[copy] is null || values.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $".r{copy}");
            int offset = shift + moved + (copy > 0 ? (bottom - top) * copy : 0);
            if (row is not null)
            {
                IReadOnlyList<PlacedPanel> inside = PlaceInside(row, offset, suffix, scope);
                placed.Add(new PlacedPanel(row, Key(row, suffix), Move(row.Grid, offset), scope, inside));
                _count++;
            }

            moved += PlacePanels(row is null ? section : section.Skip(1), offset, suffix, scope, placed);
        }

        return moved + ((bottom - top) * (values.Count - 1));
    }

    private List<PlacedPanel> PlaceInside(Panel row, int offset, string suffix, IReadOnlyDictionary<string, VariableOption>? scope)
    {
        var inside = new List<PlacedPanel>();
        PlacePanels(row.Panels, offset, suffix, scope, inside);
        return inside;
    }

    private int PlacePanels(IEnumerable<Panel> panels, int offset, string suffix, IReadOnlyDictionary<string, VariableOption>? scope, List<PlacedPanel> placed)
    {
        // From where on panels move down, and by how much.
        var moves = new List<(int From, int By)>();
        foreach (Panel panel in panels)
        {
            if (!HasRoom())
            {
                break;
            }

            int down = offset + moves.Where(move => panel.Grid.Y >= move.From).Sum(static move => move.By);
            GridPosition grid = Move(panel.Grid, down);
            IReadOnlyList<VariableOption?> values = Values(panel);
            if (values is [null])
            {
                placed.Add(new PlacedPanel(panel, Key(panel, suffix), grid, scope, []));
                _count++;
                continue;
            }

            int added = panel.RepeatDown ? PlaceDown(panel, grid, values, suffix, scope, placed) : PlaceAcross(panel, grid, values, suffix, scope, placed);
            if (added > 0)
            {
                moves.Add((panel.Grid.Bottom, added));
            }
        }

        return moves.Sum(static move => move.By);
    }

    private int PlaceDown(Panel panel, GridPosition grid, IReadOnlyList<VariableOption?> values, string suffix, IReadOnlyDictionary<string, VariableOption>? scope, List<PlacedPanel> placed)
    {
        for (int copy = 0; copy < values.Count && HasRoom(); copy++)
        {
            AddCopy(panel, Move(grid, copy * grid.H), copy, values, suffix, scope, placed);
        }

        return (values.Count - 1) * grid.H;
    }

    private int PlaceAcross(Panel panel, GridPosition grid, IReadOnlyList<VariableOption?> values, string suffix, IReadOnlyDictionary<string, VariableOption>? scope, List<PlacedPanel> placed)
    {
        int perRow = Math.Clamp(Math.Min(values.Count, panel.MaxPerRow), 1, GridPosition.Columns);
        int width = GridPosition.Columns / perRow;
        for (int copy = 0; copy < values.Count && HasRoom(); copy++)
        {
            var place = new GridPosition(copy % perRow * width, grid.Y + (copy / perRow * grid.H), width, grid.H);
            AddCopy(panel, place, copy, values, suffix, scope, placed);
        }

        return (((values.Count + perRow - 1) / perRow) - 1) * grid.H;
    }

    private void AddCopy(
        Panel panel, GridPosition grid, int copy, IReadOnlyList<VariableOption?> values, string suffix, IReadOnlyDictionary<string, VariableOption>? scope, List<PlacedPanel> placed)
    {
        string own = values.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $".{copy}");
        placed.Add(new PlacedPanel(panel, Key(panel, suffix + own), grid, Scope(scope, panel.Repeat, values[copy]), []));
        _count++;
    }

    // One null where nothing is repeated.
    private IReadOnlyList<VariableOption?> Values(Panel panel)
    {
        if (panel.Repeat.Length == 0)
        {
            return [null];
        }

        if (!variables.TryGetValue(panel.Repeat, out ResolvedVariable? variable))
        {
            Report(panel, "repeat", $"it is to be repeated for the variable {panel.Repeat}, which is not there");
            return [null];
        }

        IReadOnlyList<VariableOption> values = variable.Effective;
        if (values.Count > DashboardLimits.MaxRepeats)
        {
            Report(panel, "repeat", $"it is to be repeated {values.Count} times for {panel.Repeat}: {DashboardLimits.MaxRepeats} are shown");
        }

        return values.Count == 0 ? [null] : [.. values.Take(DashboardLimits.MaxRepeats)];
    }

    private bool HasRoom()
    {
        if (_count == DashboardLimits.MaxPanels)
        {
            _count++;
            Problems.Add(new DashboardProblem("panels", $"with its repeats the dashboard has more than {DashboardLimits.MaxPanels} panels: the rest is left out"));
        }

        return _count < DashboardLimits.MaxPanels;
    }

    private void Report(Panel panel, string feature, string message)
    {
        var problem = new DashboardProblem(feature, message) { PanelId = panel.Id, PanelTitle = panel.Title };
        if (!Problems.Contains(problem))
        {
            Problems.Add(problem);
        }
    }

    private static Dictionary<string, VariableOption>? Scope(IReadOnlyDictionary<string, VariableOption>? outer, string? name, VariableOption? value)
    {
        if (value is null)
        {
            return outer as Dictionary<string, VariableOption>;
        }

        var scope = new Dictionary<string, VariableOption>(outer ?? new Dictionary<string, VariableOption>(), StringComparer.Ordinal);
        scope[name!] = value;
        return scope;
    }

    private static GridPosition Move(GridPosition grid, int down) => grid with { Y = grid.Y + down };

    private static string Key(Panel panel, string suffix) => panel.Id.ToString(CultureInfo.InvariantCulture) + suffix;
}
