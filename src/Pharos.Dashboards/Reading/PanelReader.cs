using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Reading;

/// <summary>Reads the panels of one dashboard from their migrated trees.</summary>
internal sealed class PanelReader(DatasourceScope datasources, ProblemList dashboardProblems)
{
    private const int MaxHeight = 1_000;
    private const int MaxTop = 1_000_000;

    private readonly HashSet<int> _ids = [];
    private int _count;
    private int _nextId = 1;
    private int _bottom;

    /// <exception cref="DashboardException">There are too many panels.</exception>
    public IReadOnlyList<Panel> Read(JsonObject dashboard)
    {
        foreach (JsonObject panel in dashboard.Maps("panels").SelectMany(static p => p.Maps("panels").Prepend(p)))
        {
            _nextId = Math.Max(_nextId, (panel.Whole("id", 0, int.MaxValue / 2) ?? 0) + 1);
        }

        // Copies that a repeat made before the file was saved are made anew.
        List<Panel> panels = [.. dashboard.Maps("panels").Where(static p => !IsCopy(p)).Select(ReadOne)];
        return [.. panels.OrderBy(static p => p.Grid.Y).ThenBy(static p => p.Grid.X)];
    }

    private static bool IsCopy(JsonObject panel) => !panel["repeatPanelId"].IsBlank() || (panel.Text("type") == "row" && !panel["repeatByRow"].IsBlank() && !panel["repeatIteration"].IsBlank());

    private Panel ReadOne(JsonObject tree)
    {
        if (++_count > DashboardLimits.MaxPanels)
        {
            throw new DashboardException($"the dashboard has more than {DashboardLimits.MaxPanels} panels");
        }

        string title = tree.Text("title") ?? "";
        int id = tree.Whole("id", 0, int.MaxValue / 2) is { } given and > 0 && _ids.Add(given) ? given : FreshId();
        var problems = new PanelProblems(id, title);
        GridPosition grid = ReadGrid(tree);
        _bottom = Math.Max(_bottom, grid.Bottom);
        string asked = tree.Text("type") ?? "";
        Panel panel = asked == PanelTypes.Row ? ReadRow(tree, id, grid, problems) : ReadPanel(tree, asked, id, grid, problems);
        foreach (DashboardProblem problem in panel.Problems)
        {
            dashboardProblems.Add(problem);
        }

        return panel;
    }

    private Panel ReadRow(JsonObject tree, int id, GridPosition grid, PanelProblems problems)
    {
        problems.AddUnknown(tree, DrawnSettings.Panel, DrawnSettings.PanelHarmless, "row setting");
        List<Panel> inside = [.. tree.Maps("panels").Where(static p => !IsCopy(p)).Select(ReadOne)];
        bool collapsed = tree.Flag("collapsed") || inside.Count > 0;
        return new Panel
        {
            Id = id,
            Type = PanelTypes.Row,
            Title = tree.Text("title") ?? "",
            Grid = grid with { X = 0, W = GridPosition.Columns, H = 1 },
            Collapsed = collapsed,
            Panels = [.. inside.OrderBy(static p => p.Grid.Y).ThenBy(static p => p.Grid.X)],
            Repeat = tree.Text("repeat") ?? "",
            Options = [],
            FieldConfig = [],
            Problems = problems.Problems,
        };
    }

    private Panel ReadPanel(JsonObject tree, string asked, int id, GridPosition grid, PanelProblems problems)
    {
        string type = PanelTypes.Drawn.Contains(asked) ? asked : PanelTypes.Unsupported;
        JsonObject options = tree.Map("options") ?? [];
        JsonObject fieldConfig = tree.Map("fieldConfig") ?? [];
        IReadOnlyList<PanelTarget> targets = new TargetReader(datasources, problems).Read(tree, out int queries);
        if (type == PanelTypes.Unsupported)
        {
            problems.Add($"panel type {(asked.Length > 0 ? asked : "none")}", asked.Length > 0 ? $"panels of the type {asked} are not drawn" : "the panel names no type");
        }
        else
        {
            problems.AddUnknown(tree, DrawnSettings.Panel, DrawnSettings.PanelHarmless, "panel setting");
            new FieldConfigCheck(problems).Check(type, options, fieldConfig);
            if (PanelTypes.WithQueries.Contains(type) && targets.Count == 0 && queries > 0)
            {
                type = PanelTypes.Unsupported;
            }
        }

        return new Panel
        {
            Id = id,
            Type = type,
            Title = tree.Text("title") ?? "",
            Description = tree.Text("description") is { Length: > 0 } description ? description : null,
            Grid = grid,
            Transparent = tree.Flag("transparent"),
            Options = options,
            FieldConfig = fieldConfig,
            Targets = targets,
            Transformations = ReadTransformations(tree, problems),
            Links = LinkReader.Read(tree),
            Interval = tree.Text("interval") ?? "",
            MaxDataPoints = tree.Whole("maxDataPoints", 1, 100_000) is { } points and > 1 ? points : null,
            TimeFrom = tree.Text("timeFrom") ?? "",
            TimeShift = tree.Text("timeShift") ?? "",
            Repeat = tree.Text("repeat") ?? "",
            RepeatDown = tree.Text("repeatDirection") == "v",
            MaxPerRow = tree.Whole("maxPerRow", 1, GridPosition.Columns) ?? 4,
            Problems = problems.Problems,
        };
    }

    private static List<Transformation> ReadTransformations(JsonObject tree, PanelProblems problems)
    {
        var transformations = new List<Transformation>();
        foreach (JsonObject transformation in tree.Maps("transformations").Where(static t => !t.Flag("disabled")))
        {
            string id = transformation.Text("id") ?? "";
            if (DrawnSettings.Transformation.Contains(id))
            {
                transformations.Add(new Transformation(id, transformation.Map("options") ?? []));
            }
            else
            {
                problems.Add($"transformation {id}", $"the transformation {id} is not built: the answers are drawn without it");
            }
        }

        return transformations;
    }

    // Without a place it goes below all others, half as wide as the page.
    private GridPosition ReadGrid(JsonObject tree)
    {
        if (tree.Map("gridPos") is not { } grid)
        {
            return new GridPosition(0, _bottom, GridPosition.Columns / 2, 8);
        }

        int width = grid.Whole("w", 1, GridPosition.Columns) ?? GridPosition.Columns / 2;
        int x = Math.Min(grid.Whole("x", 0, GridPosition.Columns - 1) ?? 0, GridPosition.Columns - width);
        return new GridPosition(x, grid.Whole("y", 0, MaxTop) ?? _bottom, width, grid.Whole("h", 1, MaxHeight) ?? 8);
    }

    private int FreshId()
    {
        while (!_ids.Add(_nextId))
        {
            _nextId++;
        }

        return _nextId++;
    }
}
