using System.Globalization;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Variables;

namespace Pharos.Dashboards.Resolving;

/// <summary>Makes of a dashboard what is to be drawn: variables in their order, repeats, texts. Thread-safe.</summary>
public sealed class DashboardResolver
{
    private readonly DatasourceDirectory _datasources;
    private readonly Func<string, IReadOnlyList<string>> _metricsOf;

    /// <param name="datasources">What data source variables offer.</param>
    /// <param name="metricsOf">The names of the metrics that an expression reads, none where it does not parse; its <c>$__</c> names are still in it.</param>
    public DashboardResolver(DatasourceDirectory datasources, Func<string, IReadOnlyList<string>> metricsOf)
    {
        _datasources = datasources;
        _metricsOf = metricsOf;
    }

    /// <summary>Resolves a dashboard for one time and choice.</summary>
    /// <param name="dashboard">Any dashboard.</param>
    /// <param name="request">For what.</param>
    /// <param name="source">Answers query variables, for the time of the request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DashboardException">A template leads back to itself or grows out of bounds.</exception>
    public async Task<ResolvedDashboard> ResolveAsync(Dashboard dashboard, ResolveRequest request, IVariableSource source, CancellationToken cancellationToken)
    {
        var builtIn = new BuiltInVariables(dashboard.Uid, dashboard.Title, request.From, request.To);
        var variables = new Dictionary<string, ResolvedVariable>(StringComparer.Ordinal);
        var interpolation = new Interpolation(variables, builtIn);
        var resolver = new VariableResolver(source, _datasources, request.Variables, Math.Max(request.To - request.From, 1));
        await resolver.ResolveAsync(dashboard.Variables, variables, interpolation, cancellationToken).ConfigureAwait(false);
        List<ResolvedVariable> inOrder = [.. dashboard.Variables.Select(v => variables[v.Name])];
        builtIn.AllVariables = string.Join('&', inOrder.Select(static v => VariableFormats.QueryParameters(v.Definition.Name, [.. v.Chosen.Select(static o => o.Value)]))
            .Where(static text => text.Length > 0));

        var repeats = new RepeatExpansion(variables);
        IReadOnlyList<PlacedPanel> placed = repeats.Expand(dashboard.Panels);
        var links = new LinkResolver(interpolation, builtIn, string.Create(CultureInfo.InvariantCulture, $"from={request.From}&to={request.To}"));
        var panels = new PanelResolver(interpolation, links, _metricsOf);
        return new ResolvedDashboard
        {
            Source = dashboard,
            Title = interpolation.Replace(dashboard.Title, TextUse.Text),
            Refresh = Slowed(dashboard.Refresh, request.MinRefresh),
            Variables = inOrder,
            Panels = [.. placed.Select(panels.Resolve)],
            Links = [.. dashboard.Links.Select(link => links.Resolve(link, null)).OfType<ResolvedLink>()],
            Problems = [.. dashboard.Problems, .. repeats.Problems, .. panels.Problems, .. inOrder.Where(static v => v.Error is not null).Select(Failure)],
        };
    }

    private static DashboardProblem Failure(ResolvedVariable variable) =>
        new("variable without options", variable.Error!) { Variable = variable.Definition.Name };

    private static string Slowed(string refresh, TimeSpan least)
    {
        if (refresh.Length == 0 || IntervalText.Parse(refresh) is not { } asked)
        {
            return "";
        }

        return asked < least.TotalMilliseconds ? IntervalText.Format((long)least.TotalMilliseconds) : refresh;
    }
}
