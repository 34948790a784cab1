using Pharos.Dashboards.Model;
using Pharos.Dashboards.Variables;

namespace Pharos.Dashboards.Resolving;

/// <summary>Makes the texts and settings of placed panels final.</summary>
internal sealed class PanelResolver(Interpolation interpolation, LinkResolver links, Func<string, IReadOnlyList<string>> metricsOf)
{
    private readonly HashSet<DashboardProblem> _problems = [];

    /// <summary>What came up on the way, each once.</summary>
    public IEnumerable<DashboardProblem> Problems => _problems;

    public ResolvedPanel Resolve(PlacedPanel placed)
    {
        Panel panel = placed.Panel;
        IReadOnlyDictionary<string, VariableOption>? scope = placed.Scope;
        List<ResolvedTarget> targets = [.. panel.Targets.Select(target => Resolve(target, scope))];
        return new ResolvedPanel
        {
            Key = placed.Key,
            Source = panel,
            Title = interpolation.Replace(panel.Title, TextUse.Text, scope),
            Description = panel.Description is { } description ? interpolation.Replace(description, TextUse.Markup, scope) : null,
            Grid = placed.Grid,
            Panels = [.. placed.Inside.Select(Resolve)],
            Options = TreeInterpolation.Replace(panel.Options, interpolation, scope, isMarkup: panel.Type == "text"),
            FieldConfig = TreeInterpolation.Replace(panel.FieldConfig, interpolation, scope, isMarkup: false),
            Targets = targets,
            Transformations = [.. panel.Transformations.Select(t => new Transformation(t.Id, TreeInterpolation.Replace(t.Options, interpolation, scope, isMarkup: false)))],
            Links = [.. panel.Links.Select(link => links.Resolve(link, scope)).OfType<ResolvedLink>()],
            MinIntervalMs = Interval(panel.Interval, scope),
            TimeFromMs = Duration(panel, panel.TimeFrom, "time range of its own", scope),
            TimeShiftMs = Duration(panel, panel.TimeShift, "time shift", scope),
            Metrics = [.. targets.SelectMany(target => metricsOf(target.Expr)).Distinct(StringComparer.Ordinal)],
        };
    }

    private ResolvedTarget Resolve(PanelTarget target, IReadOnlyDictionary<string, VariableOption>? scope) => new(
        target,
        interpolation.Replace(target.Expr, TextUse.Expression, scope),
        interpolation.Replace(target.LegendFormat, TextUse.Text, scope),
        Interval(target.Interval, scope));

    // "$__interval" and kin ask for what the batch query does anyway.
    private long? Interval(string text, IReadOnlyDictionary<string, VariableOption>? scope) =>
        text.Length == 0 || text.Contains("$__", StringComparison.Ordinal) ? null : IntervalText.Parse(interpolation.Replace(text, TextUse.Setting, scope));

    private long? Duration(Panel panel, string text, string feature, IReadOnlyDictionary<string, VariableOption>? scope)
    {
        if (text.Length == 0)
        {
            return null;
        }

        string wanted = interpolation.Replace(text, TextUse.Setting, scope).Trim();
        string plain = wanted.StartsWith("now-", StringComparison.Ordinal) ? wanted["now-".Length..] : wanted;
        long? parsed = IntervalText.Parse(plain);
        if (parsed is null)
        {
            _problems.Add(new DashboardProblem(feature, $"the panel's {feature} \"{wanted}\" is no duration: the dashboard's time is shown") { PanelId = panel.Id, PanelTitle = panel.Title });
        }

        return parsed;
    }
}
