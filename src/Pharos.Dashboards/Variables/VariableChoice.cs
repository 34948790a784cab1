using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Variables;

/// <summary>Decides which options of a variable are chosen.</summary>
internal static class VariableChoice
{
    private const int MaxChosen = 1_000;

    /// <param name="variable">The variable.</param>
    /// <param name="options">What there is.</param>
    /// <param name="asked">What the caller wants; it is taken also where it is no option, as a link may be older than the data. Null: what the file says.</param>
    public static IReadOnlyList<VariableOption> Choose(Variable variable, IReadOnlyList<VariableOption> options, IReadOnlyList<string>? asked)
    {
        if (asked is { Count: > 0 })
        {
            return IsAll(variable, asked) ? [VariableOption.All] : Limit(variable, asked.Select(value => Find(options, value) ?? new VariableOption(value, value)));
        }

        if (variable.IncludeAll && IsAll(variable, variable.Current))
        {
            return [VariableOption.All];
        }

        IEnumerable<VariableOption> known = variable.Current.Select(value => Find(options, value)).OfType<VariableOption>();
        IReadOnlyList<VariableOption> chosen = Limit(variable, known);
        if (chosen.Count > 0)
        {
            return chosen;
        }

        // Without options the file's own choice is better than nothing: the panels say that there is no data for it.
        return options.Count > 0
            ? [variable.IncludeAll ? VariableOption.All : options[0]]
            : Limit(variable, variable.Current.Where(static value => value.Length > 0).Select(static value => new VariableOption(value, value)));
    }

    private static bool IsAll(Variable variable, IReadOnlyList<string> values) =>
        values.Contains(VariableOption.AllValue, StringComparer.Ordinal) || (variable.IncludeAll && values is ["All" or "all"]);

    private static VariableOption? Find(IReadOnlyList<VariableOption> options, string value) =>
        options.FirstOrDefault(o => o.Value == value) ?? options.FirstOrDefault(o => o.Text == value);

    private static IReadOnlyList<VariableOption> Limit(Variable variable, IEnumerable<VariableOption> chosen) => [.. chosen.Take(variable.Multi ? MaxChosen : 1)];
}
