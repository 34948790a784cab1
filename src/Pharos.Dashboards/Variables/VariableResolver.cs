using System.Text;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Variables;

/// <summary>Finds the options of all variables and what is chosen, each after those it depends on.</summary>
internal sealed class VariableResolver
{
    private readonly IVariableSource _source;
    private readonly DatasourceDirectory _datasources;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _asked;
    private readonly long _rangeMs;

    /// <param name="source">Answers query variables.</param>
    /// <param name="datasources">What data source variables offer.</param>
    /// <param name="asked">What the caller has chosen, by name; others take what the file says.</param>
    /// <param name="rangeMs">The length of the shown time.</param>
    public VariableResolver(IVariableSource source, DatasourceDirectory datasources, IReadOnlyDictionary<string, IReadOnlyList<string>> asked, long rangeMs)
    {
        _source = source;
        _datasources = datasources;
        _asked = asked;
        _rangeMs = rangeMs;
    }

    /// <summary>Adds all variables to <paramref name="resolved"/>; what fails stands in the variable.</summary>
    /// <param name="variables">As in the file.</param>
    /// <param name="resolved">Filled in the order of dependencies.</param>
    /// <param name="interpolation">Reads from <paramref name="resolved"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ResolveAsync(
        IReadOnlyList<Variable> variables, Dictionary<string, ResolvedVariable> resolved, Interpolation interpolation, CancellationToken cancellationToken)
    {
        (IReadOnlyList<Variable> ordered, IReadOnlyDictionary<string, string> loops) = VariableOrder.Sort(variables);
        foreach (Variable variable in ordered)
        {
            resolved[variable.Name] = loops.TryGetValue(variable.Name, out string? way)
                ? Failed(variable, way.Split(" → ").Length > 2 ? $"the variables lead back to themselves: {way}" : $"the variable refers to itself: {way}")
                : await ResolveOneAsync(variable, interpolation, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ResolvedVariable> ResolveOneAsync(Variable variable, Interpolation interpolation, CancellationToken cancellationToken)
    {
        try
        {
            return variable.Type switch
            {
                VariableType.Query => await ResolveQueryAsync(variable, interpolation, cancellationToken).ConfigureAwait(false),
                VariableType.Custom => Choose(variable, Custom(interpolation.Replace(variable.Query, TextUse.Setting))),
                VariableType.Interval => ResolveInterval(variable, interpolation),
                VariableType.Datasource => ResolveDatasource(variable, interpolation),
                VariableType.Textbox => Typed(variable),
                _ => Constant(variable),
            };
        }
        catch (VariableException e)
        {
            return Failed(variable, e.Message);
        }
    }

    private async Task<ResolvedVariable> ResolveQueryAsync(Variable variable, Interpolation interpolation, CancellationToken cancellationToken)
    {
        string query = interpolation.Replace(variable.Query, TextUse.Expression);
        IReadOnlyList<string> found = await VariableQuery.RunAsync(query, _source, cancellationToken).ConfigureAwait(false);
        IEnumerable<VariableOption> options = found.Select(static text => new VariableOption(text, text));
        if (variable.Regex.Length > 0)
        {
            VariableRegex regex = VariableRegex.Parse(interpolation.Replace(variable.Regex, TextUse.Regex));
            options = found.SelectMany(regex.Apply);
        }

        return Choose(variable, VariableSort.Sort([.. options.DistinctBy(static o => o.Value, StringComparer.Ordinal)], variable.Sort));
    }

    private ResolvedVariable ResolveInterval(Variable variable, Interpolation interpolation)
    {
        List<VariableOption> options = [.. SplitList(interpolation.Replace(variable.Query, TextUse.Setting)).Select(static text => new VariableOption(text, text))];
        string auto = "";
        if (variable.Auto)
        {
            auto = IntervalText.Auto(_rangeMs, variable.AutoCount, IntervalText.Parse(variable.AutoMin) ?? 10_000);
            options.Insert(0, new VariableOption("auto", Interpolation.AutoName(variable.Name)));
        }

        // Files of before Grafana 6 say "auto" for it.
        string autoName = Interpolation.AutoName(variable.Name);
        Variable named = variable with { Current = [.. variable.Current.Select(value => value == "auto" ? autoName : value)] };
        return Choose(named, options) with { AutoInterval = auto };
    }

    private ResolvedVariable ResolveDatasource(Variable variable, Interpolation interpolation)
    {
        bool isPrometheus = Reading.DatasourceScope.IsPrometheus(variable.Query);
        IEnumerable<Datasource> sources = _datasources.All.Where(source => isPrometheus ? source.IsBuiltIn : source.Type == variable.Query);
        if (variable.Regex.Length > 0)
        {
            // A list of names of another Grafana must not leave the page without its data.
            VariableRegex regex = VariableRegex.Parse(interpolation.Replace(variable.Regex, TextUse.Regex));
            List<Datasource> matching = [.. sources.Where(source => regex.Apply(source.Name).Any())];
            sources = matching.Count > 0 || !isPrometheus ? matching : [_datasources.BuiltIn];
        }

        List<VariableOption> options = [.. sources.Select(static source => new VariableOption(source.Name, source.Uid))];
        Variable known = variable with { Current = [.. variable.Current.Where(value => options.Exists(o => o.Value == value || o.Text == value))] };
        return Choose(known, options);
    }

    private ResolvedVariable Typed(Variable variable)
    {
        string value = _asked.TryGetValue(variable.Name, out IReadOnlyList<string>? asked) && asked.Count > 0 ? asked[0] : variable.Current is [string current, ..] ? current : variable.Query;
        var option = new VariableOption(value, value);
        return new ResolvedVariable { Definition = variable, Options = [option], Chosen = [option], Total = 1 };
    }

    private static ResolvedVariable Constant(Variable variable)
    {
        var option = new VariableOption(variable.Query, variable.Query);
        return new ResolvedVariable { Definition = variable, Options = [option], Chosen = [option], Total = 1 };
    }

    private ResolvedVariable Failed(Variable variable, string reason) => Choose(variable, []) with { Error = reason };

    private ResolvedVariable Choose(Variable variable, IReadOnlyList<VariableOption> options) => new()
    {
        Definition = variable,
        Options = options.Count > DashboardLimits.MaxOptions ? [.. options.Take(DashboardLimits.MaxOptions)] : options,
        Chosen = VariableChoice.Choose(variable, options, _asked.GetValueOrDefault(variable.Name)),
        Total = options.Count,
    };

    // "a, b : B, c\, d": commas may be escaped, "text : value" names both.
    private static List<VariableOption> Custom(string query)
    {
        var options = new List<VariableOption>();
        foreach (string item in SplitList(query))
        {
            int colon = item.IndexOf(" : ", StringComparison.Ordinal);
            options.Add(colon > 0 ? new VariableOption(item[..colon].Trim(), item[(colon + 3)..].Trim()) : new VariableOption(item, item));
        }

        return options;
    }

    private static List<string> SplitList(string text)
    {
        var items = new List<string>();
        var item = new StringBuilder();
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == ',')
            {
                string trimmed = item.ToString().Trim().Trim('"', '\'');
                if (trimmed.Length > 0)
                {
                    items.Add(trimmed);
                }

                item.Clear();
                continue;
            }

            bool isEscape = text[i] == '\\' && i + 1 < text.Length && text[i + 1] == ',';
            i += isEscape ? 1 : 0;
            item.Append(text[i]);
        }

        return items;
    }
}
