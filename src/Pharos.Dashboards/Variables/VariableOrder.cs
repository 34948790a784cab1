using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Variables;

/// <summary>Brings variables into an order in which each comes behind those it uses.</summary>
internal static class VariableOrder
{
    /// <param name="variables">With distinct names.</param>
    /// <returns>The order, and for those that lead back to themselves the way there.</returns>
    public static (IReadOnlyList<Variable> Ordered, IReadOnlyDictionary<string, string> Loops) Sort(IReadOnlyList<Variable> variables)
    {
        Dictionary<string, Variable> byName = variables.ToDictionary(static v => v.Name, StringComparer.Ordinal);
        var ordered = new List<Variable>();
        var loops = new Dictionary<string, string>(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (Variable variable in variables)
        {
            Visit(variable);
        }

        return (ordered, loops);

        // At most DashboardLimits.MaxVariables deep.
        void Visit(Variable variable)
        {
            int seen = path.IndexOf(variable.Name);
            if (seen >= 0)
            {
                string way = string.Join(" → ", path.Skip(seen).Append(variable.Name));
                foreach (string name in path.Skip(seen))
                {
                    loops.TryAdd(name, way);
                }

                return;
            }

            if (done.Contains(variable.Name))
            {
                return;
            }

            path.Add(variable.Name);
            foreach (string name in References(variable))
            {
                if (byName.TryGetValue(name, out Variable? used))
                {
                    Visit(used);
                }
            }

            path.RemoveAt(path.Count - 1);
            done.Add(variable.Name);
            ordered.Add(variable);
        }
    }

    /// <summary>The names that a variable's question and expression use, each once.</summary>
    private static IEnumerable<string> References(Variable variable) => variable.Type is VariableType.Textbox or VariableType.Constant
        ? []
        : VariableScan.Names(variable.Query).Concat(VariableScan.Names(variable.Regex)).Distinct(StringComparer.Ordinal);
}
